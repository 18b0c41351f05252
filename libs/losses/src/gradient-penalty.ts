/** What every penalty on the slope of D provides. They differentiate D inside the loss that is itself differentiated. */
import * as tf from '@tensorflow/tfjs-core';

/** Images `[batch, ...]` -> logits `[batch, 1]`, with whatever else D sees already bound. */
export type Critic = (images: tf.Tensor) => tf.Tensor;

/** Where a penalty may measure the slope. */
export interface PenaltyPoints {
  /** `[batch, height, width, channels]`. */
  readonly real: tf.Tensor;
  /** As many generated ones. */
  readonly fake: tf.Tensor;
  /** U(0, 1) `[batch, 1, 1, 1]`: the share of the generated image in a mixture. */
  readonly mix: tf.Tensor;
}

export interface GradientPenalty {
  readonly name: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** The mean over samples, before its weight. */
  penalty(D: Critic, points: PenaltyPoints): tf.Scalar;
}

/**
 * The squared norm of the gradient of each sample's logit for its image: images `[batch, ...]` -> `[batch]`. One backward
 * pass serves all samples, because the sum of logits is differentiated; where D mixes samples (batch norm, minibatch
 * standard deviation) their influence on each other's logits is part of it.
 */
export function squaredSlopes(D: Critic, images: tf.Tensor): tf.Tensor1D {
  const slopes = tf.grad((x: tf.Tensor) => tf.sum(D(x)))(images);
  const axes = images.shape.slice(1).map((_, axis) => axis + 1);
  return tf.sum(tf.square(slopes), axes);
}
