/** AC-GAN (Odena et al., 2017): D also names the class, of real and of generated images. */
import * as tf from '@tensorflow/tfjs-core';

/** -E log p(label | image). logits: `[batch, classes]`, labels: int32 `[batch]`. D adds it for real and generated images, G for generated ones. */
export function auxiliaryClassifierLoss(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const asked = tf.cast(tf.oneHot(labels as tf.Tensor1D, logits.shape[1]!), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), asked), 1)));
}
