/** Batch normalisation over all of x as one TensorFlow op, forwards and backwards. */
import * as tf from '@tensorflow/tfjs-core';
import { copyOffTape, tapeEngine } from './gradients/tape.ts';

export interface NormalizedBatch {
  y: tf.Tensor;
  /** `[channels]`, to the tape a constant. */
  mean: tf.Tensor;
  /** `[channels]`, of the batch itself (divided by its size), to the tape a constant. */
  variance: tf.Tensor;
}

/**
 * x: `[..., channels]`, normalised over all other axes, times `gain` plus `offset`, both `[channels]`. y is
 * differentiable twice, statistics included; `mean` and `variance` are for keeping, no gradient flows from them.
 */
export function normalizeBatch(
  x: tf.Tensor,
  gain: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
): NormalizedBatch {
  const channels = x.shape.at(-1)!;
  const numRows = x.size / channels;
  const image = x.rank === 4 ? x : tf.reshape(x, [numRows, 1, 1, channels]);
  const engine = tapeEngine();
  const [y, mean, spread] = engine.runKernel(
    'FusedBatchNormV3',
    { x: image, scale: gain, offset },
    { epsilon },
  ) as unknown as [tf.Tensor, tf.Tensor, tf.Tensor];
  return {
    y: tf.reshape(y, x.shape),
    mean: copyOffTape(engine, mean),
    // TensorFlow estimates the population's variance: it divides by one less.
    variance: tf.mul(copyOffTape(engine, spread), Math.max(numRows - 1, 1) / numRows),
  };
}
