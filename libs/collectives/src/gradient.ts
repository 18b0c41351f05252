/** Puts a value on the gradient tape. */
import * as tf from '@tensorflow/tfjs-core';
import { CollectiveError } from './errors.ts';

/** `value` as a function of `x`; `derivative` must be made of differentiable functions, for second gradients. */
export function differentiable<T extends tf.Tensor>(
  x: tf.Tensor,
  value: T,
  derivative: (dy: tf.Tensor) => tf.Tensor,
): T {
  const traced = tf.customGrad((_x) => ({ value, gradFunc: (dy: tf.Tensor) => derivative(dy) }));
  return traced(x) as T;
}

/** For a `derivative` that does not exist: silence would train on wrong numbers. */
export function noGradient(what: string): (dy: tf.Tensor) => tf.Tensor {
  return () => {
    throw new CollectiveError(
      'no-gradient',
      `${what} has no gradient; keep it out of the loss, or use a sum, a mean or allGather`,
    );
  };
}
