/** StyleGAN's noise input (Karras et al., 2019, section 2): one image of noise for all maps, scaled by a trained weight. */
import * as tf from '@tensorflow/tfjs-core';
import { zeros } from '../initializers.ts';
import type { Scope } from '../scope.ts';

/**
 * x: `[batch, height, width, channels]`, noise: N(0, 1) of `[batch or 1, height, width, 1]`. The weight starts at 0; it
 * is one for each channel in StyleGAN, one for all in StyleGAN2.
 */
export function noiseInput(
  scope: Scope,
  x: tf.Tensor,
  noise: tf.Tensor,
  { perChannel = false }: { perChannel?: boolean } = {},
): tf.Tensor {
  return tf.add(x, tf.mul(noise, scope.param('strength', perChannel ? [x.shape[3]!] : [], zeros)));
}
