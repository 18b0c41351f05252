/** Instance normalisation (Ulyanov et al., 2016): every map of every sample by itself. */
import * as tf from '@tensorflow/tfjs-core';
import { ones, zeros } from '../initializers.ts';
import type { Scope } from '../scope.ts';

export interface InstanceNormOptions {
  epsilon?: number;
  /** A trained gain and offset for each channel. */
  affine?: boolean;
}

/** x: `[batch, ..., channels]`, mean 0 and variance 1 over the axes between, for each sample and channel. */
export function standardizeInstances(x: tf.Tensor, epsilon: number): tf.Tensor {
  const axes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  const centred = tf.sub(x, tf.mean(x, axes, true));
  return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), epsilon)));
}

/** x: `[batch, ..., channels]`. */
export function instanceNorm(scope: Scope, x: tf.Tensor, options: InstanceNormOptions = {}): tf.Tensor {
  const { epsilon = 1e-5, affine = true } = options;
  const y = standardizeInstances(x, epsilon);
  if (!affine) return y;
  const channels = x.shape.at(-1)!;
  return tf.add(tf.mul(y, scope.param('gain', [channels], ones)), scope.param('offset', [channels], zeros));
}
