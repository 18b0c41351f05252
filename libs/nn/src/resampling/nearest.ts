/** Nearest upsampling and average pooling by whole factors, of ops that XLA compiles in both directions. */
import * as tf from '@tensorflow/tfjs-core';

/** x: `[batch, height, width, channels]` -> `[batch, height·factor, width·factor, channels]`, each pixel repeated. */
export function upsampleNearest(x: tf.Tensor, factor = 2): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const split = tf.reshape(x, [batch, height, 1, width, 1, channels]);
  const repeated = tf.broadcastTo(split, [batch, height, factor, width, factor, channels]);
  return tf.reshape(repeated, [batch, height * factor, width * factor, channels]);
}

/** x: `[batch, height, width, channels]` -> `[batch, height / factor, width / factor, channels]`. */
export function averagePool(x: tf.Tensor, factor = 2): tf.Tensor {
  return tf.avgPool(x as tf.Tensor4D, factor, factor, 'valid');
}
