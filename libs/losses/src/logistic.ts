/** The discriminator's half of the logistic objectives: cross entropy of real against generated. */
import * as tf from '@tensorflow/tfjs-core';

/** -E log s(real) - E log(1 - s(fake)) with s the sigmoid, written so that large logits do not overflow. */
export function logisticDiscriminatorLoss(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake)));
}
