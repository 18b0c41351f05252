/** LeakyReLU 0.2 with the gain that keeps a variance (Karras et al., 2020, appendix B). */
import * as tf from '@tensorflow/tfjs-core';

export const activated = (x: tf.Tensor): tf.Tensor => tf.mul(tf.leakyRelu(x, 0.2), Math.SQRT2);
