/** Projection discriminator (Miyato and Koyama, 2018, eq. 3): <embed(y), h> + a linear map of h. */
import { dense, embedding, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

/** h: `[batch, features]`; labels: int32 `[batch]` -> logits `[batch, 1]`. */
export function projectionHead(
  scope: Scope,
  h: tf.Tensor,
  labels: tf.Tensor,
  numClasses: number,
  kernels: KernelOptions,
): tf.Tensor {
  const unconditional = scope.in('linear', (s) => dense(s, h, 1, kernels));
  const code = scope.in('embedding', (s) => embedding(s, labels, numClasses, h.shape[1]!, kernels));
  return tf.add(unconditional, tf.sum(tf.mul(code, h), 1, true));
}
