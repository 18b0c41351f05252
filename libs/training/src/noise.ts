/**
 * Random draws of a step. A draw is made for the whole global batch from (seed, step, stream) and each worker takes
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
  /** int32 `[localBatch]`: positions of this worker's samples in the global batch. */
  readonly rows: tf.Tensor;
  readonly globalBatch: number;
}

/** `label` sets one update's draws apart from another's in the same step. */
export function noise({ key, rows, globalBatch }: NoiseSource, label: string): Noise {
  const own = (draws: tf.Tensor): tf.Tensor => tf.gather(draws, rows as tf.Tensor1D);
  const keyOf = (stream: string): Key => random.fold(key, hashPath(`${label}/${stream}`));
  return {
    uniform: (stream, shape, low, high) =>
      own(random.uniform([globalBatch, ...shape], keyOf(stream), low, high)),
    normal: (stream, shape) => own(random.normal([globalBatch, ...shape], keyOf(stream))),
    labels: (stream, numClasses) => own(random.integers([globalBatch], keyOf(stream), 0, numClasses)),
  };
}
