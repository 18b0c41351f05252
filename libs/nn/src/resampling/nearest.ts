/** Nearest upsampling and average pooling by whole factors, of ops that XLA compiles in both directions. */
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/** x: `[batch, height, width, channels]` -> `[batch, height·factor, width·factor, channels]`, each pixel repeated. */
export function upsampleNearest(x: tf.Tensor, factor = 2): tf.Tensor {
  // The tape's own gradient would be a sum over two inner axes, on CPUs many times slower than the pooling.
  return withGradient(
    x,
    (images) => repeat(images, factor),
    (dy) => tf.mul(averagePool(dy, factor), factor ** 2),
  );
}

function repeat(x: tf.Tensor, factor: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const split = tf.reshape(x, [batch, height, 1, width, 1, channels]);
  const repeated = tf.broadcastTo(split, [batch, height, factor, width, factor, channels]);
  return tf.reshape(repeated, [batch, height * factor, width * factor, channels]);
}

/** x: `[batch, height, width, channels]` -> `[batch, height / factor, width / factor, channels]`. */
export function averagePool(x: tf.Tensor, factor = 2): tf.Tensor {
  return tf.avgPool(x as tf.Tensor4D, factor, factor, 'valid');
}
