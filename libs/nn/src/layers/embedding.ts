/** One trained vector for each class. */
import * as tf from '@tensorflow/tfjs-core';
import { kernelOf, type KernelOptions } from '../parametrizations/parametrization.ts';
import type { Scope } from '../scope.ts';

/** labels: int32 `[batch]` below `numClasses` -> `[batch, size]`; the table is `[numClasses, size]`. */
export function embedding(
  scope: Scope,
  labels: tf.Tensor,
  numClasses: number,
  size: number,
  options: KernelOptions = {},
): tf.Tensor {
  // To spectral normalisation a class is an output, as in BigGAN-PyTorch.
  return tf.gather(kernelOf(scope, [numClasses, size], 0, options), labels as tf.Tensor1D);
}
