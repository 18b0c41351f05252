/**
 * Random draws of a step. A draw is one for the whole global batch, from (seed, step, stream), of which each worker makes
 * the rows of its own samples, so noise does not depend on the number of workers.
 */
import { random, type Key } from '@kiln/engine';
import { hashPath } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface Noise {
  uniform(stream: string, shape: number[], low: number, high: number): tf.Tensor;
  normal(stream: string, shape: number[]): tf.Tensor;
  labels(stream: string, numClasses: number): tf.Tensor;
}

export interface NoiseSource {
  /** Already folded with the step. */
  readonly key: Key;
  /** int32 `[localBatch]`: positions of this worker's samples in the global batch, one after another. */
  readonly rows: tf.Tensor;
  readonly globalBatch: number;
}

/** Positions of the draws when there are `factor` for each of `rows`: again one after another, and no other worker's. */
export function rowsOfDraws(rows: tf.Tensor, factor: number): tf.Tensor {
  if (factor === 1) return rows;
  const first = tf.slice(rows, [0], [1]);
  return tf.add(tf.mul(first, tf.scalar(factor, 'int32')), tf.range(0, rows.size * factor, 1, 'int32'));
}

/** `label` sets one update's draws apart from another's in the same step. */
export function noise({ key, rows, globalBatch }: NoiseSource, label: string): Noise {
  const keyOf = (stream: string): Key => random.fold(key, hashPath(`${label}/${stream}`));
  const [count] = rows.shape as [number];
  const isWhole = count === globalBatch;
  const own = { first: tf.squeeze(tf.slice(rows, [0], [1])), count, total: globalBatch };
  return {
    uniform: (stream, shape, low, high) =>
      isWhole
        ? random.uniform([count, ...shape], keyOf(stream), low, high)
        : random.uniformRows(shape, own, keyOf(stream), low, high),
    normal: (stream, shape) =>
      isWhole
        ? random.normal([count, ...shape], keyOf(stream))
        : random.normalRows(shape, own, keyOf(stream)),
    labels: (stream, numClasses) =>
      tf.gather(random.integers([globalBatch], keyOf(stream), 0, numClasses), rows as tf.Tensor1D),
  };
}
