/** Class-conditional batch normalisation as in BigGAN (Brock et al., 2019, appendix B): gains and offsets from a code. */
import * as tf from '@tensorflow/tfjs-core';
import { dense } from '../layers/dense.ts';
import type { KernelOptions } from '../parametrizations/parametrization.ts';
import type { Scope } from '../scope.ts';
import { standardize, type StatisticsOptions } from './standardize.ts';

export type ConditionalBatchNormOptions = StatisticsOptions & KernelOptions;

/**
 * x: `[batch, ..., channels]`, normalised as by `batchNorm`; condition: `[batch, features]`, for BigGAN the class
 * embedding beside a part of z. The gain is 1 + W_gain·condition, the offset W_offset·condition, both without a bias.
 */
export function conditionalBatchNorm(
  scope: Scope,
  x: tf.Tensor,
  condition: tf.Tensor,
  options: ConditionalBatchNormOptions = {},
): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const perSample = [x.shape[0]!, ...x.shape.slice(1, -1).map(() => 1), channels];
  const linear = (name: string): tf.Tensor =>
    tf.reshape(
      scope.in(name, (s) => dense(s, condition, channels, { ...options, bias: false })),
      perSample,
    );
  const gain = tf.add(linear('gain'), 1);
  return tf.add(tf.mul(standardize(scope, x, null, options), gain), linear('offset'));
}
