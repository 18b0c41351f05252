/** Layer normalisation (Ba et al., 2016): every sample by itself, over all of its maps. */
import * as tf from '@tensorflow/tfjs-core';
import { ones, zeros } from '../initializers.ts';
import type { Scope } from '../scope.ts';

/** x: `[batch, ..., channels]`, mean 0 and variance 1 for each sample; then a trained gain and offset for each channel. */
export function layerNorm(
  scope: Scope,
  x: tf.Tensor,
  { epsilon = 1e-5 }: { epsilon?: number } = {},
): tf.Tensor {
  const axes = x.shape.slice(1).map((_, axis) => axis + 1);
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const y = tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), epsilon)));
  const channels = x.shape.at(-1)!;
  return tf.add(tf.mul(y, scope.param('gain', [channels], ones)), scope.param('offset', [channels], zeros));
}
