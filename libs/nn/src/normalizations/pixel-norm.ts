/** Pixelwise feature vector normalisation (Karras et al., 2018, section 4.2). */
import * as tf from '@tensorflow/tfjs-core';

/** x: `[..., channels]`, scaled to a mean square of 1 over the channels. */
export function pixelNorm(x: tf.Tensor, epsilon = 1e-8): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)));
}
