/** A linear map of images whose transpose is known to be another cheap one, so that no gradient kernel is needed. */
import * as tf from '@tensorflow/tfjs-core';

/** `forward(x)`, with `backward` of what comes back as its gradient; both must be differentiable themselves. */
export function withGradient(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  backward: (dy: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const mapped = tf.customGrad((...args) => ({
    value: forward(args[0] as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => backward(dy),
  }));
  return mapped(x);
}
