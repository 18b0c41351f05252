/** Fully connected layer: y = x W + b. */
import * as tf from '@tensorflow/tfjs-core';
import { zeros } from '../initializers.ts';
import { kernelOf, type KernelOptions } from '../parametrizations/parametrization.ts';
import type { Scope } from '../scope.ts';

export interface DenseOptions extends KernelOptions {
  /** Leave it out in front of a batch normalisation, which subtracts it again. */
  bias?: boolean;
}

/** x: `[batch, in]` -> `[batch, units]`. */
export function dense(scope: Scope, x: tf.Tensor, units: number, options: DenseOptions = {}): tf.Tensor {
  const { bias = true } = options;
  const kernel = kernelOf(scope, [x.shape[1]!, units], 1, options);
  const y = tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D);
  return bias ? tf.add(y, scope.param('bias', [units], zeros)) : y;
}
