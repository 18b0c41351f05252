/** What every adversarial objective provides. Logits are pre-sigmoid; every loss is a mean, to be minimised. */
import type * as tf from '@tensorflow/tfjs-core';

export interface AdversarialLoss {
  readonly name: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** Logits of real and of generated images, `[batch, 1]` each -> scalar. */
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar;
  /** Logits of generated images, `[batch, 1]` -> scalar. */
  generator(fake: tf.Tensor): tf.Scalar;
}
