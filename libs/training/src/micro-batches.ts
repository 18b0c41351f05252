/** Gradient accumulation: a worker's share of the batch in pieces, one after another, so that memory holds one piece. */
import { rawOp } from '@kiln/engine';
import type { Batch } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';

export interface MicroBatch extends Batch {
  /** int32 `[size]`: positions of its samples in the global batch. */
  readonly rows: tf.Tensor;
}

/** Pieces of equal size, in order; every `shrink`-th sample of each. */
export function microBatches(batch: MicroBatch, count: number, shrink = 1): MicroBatch[] {
  const size = batch.rows.shape[0]! / count;
  if (count === 1 && shrink === 1) return [batch];
  return Array.from({ length: count }, (_, index) => {
    const taken = Array.from({ length: size / shrink }, (__, i) => index * size + i * shrink);
    const pick = <T extends tf.Tensor>(x: T): T => tf.gather(x, tf.tensor1d(taken, 'int32'));
    return { images: pick(batch.images), labels: pick(batch.labels), rows: pick(batch.rows) };
  });
}

/**
 * `batch`, but not before all of `others` were computed. TensorFlow runs whatever is ready, so without this all pieces
 * would be in memory at once. No gradient flows through it.
 */
export function after(batch: MicroBatch, others: readonly tf.Tensor[]): MicroBatch {
  if (others.length === 0) return batch;
  const [images, labels, rows] = rawOp('IdentityN', [[batch.images, batch.labels, batch.rows, ...others]]);
  return { images: images!, labels: labels!, rows: rows! };
}
