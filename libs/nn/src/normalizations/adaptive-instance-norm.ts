/** Adaptive instance normalisation (Huang and Belongie, 2017) as in StyleGAN: each map takes its scale from a style. */
import * as tf from '@tensorflow/tfjs-core';
import { equalizedDense } from '../layers/equalized-dense.ts';
import type { Scope } from '../scope.ts';
import { standardizeInstances } from './instance-norm.ts';

/**
 * x: `[batch, height, width, channels]`, w: `[batch, features]`. A learned affine map of w gives the scale, as what is
 * added to 1, and the shift (Karras et al., 2019, eq. 1).
 */
export function adaptiveInstanceNorm(
  scope: Scope,
  x: tf.Tensor,
  w: tf.Tensor,
  { epsilon = 1e-8 }: { epsilon?: number } = {},
): tf.Tensor {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const style = scope.in('style', (s) => equalizedDense(s, w, 2 * channels, { gain: 1 }));
  const [scale, shift] = tf.split(tf.reshape(style, [batch, 1, 1, 2 * channels]), 2, 3);
  return tf.add(tf.mul(standardizeInstances(x, epsilon), tf.add(scale!, 1)), shift!);
}
