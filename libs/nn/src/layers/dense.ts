/** Fully connected layer: y = x W + b. */
import * as tf from '@tensorflow/tfjs-core';
import { normal, zeros, type Initializer } from '../initializers.ts';
import type { Scope } from '../scope.ts';

export interface DenseOptions {
  /** Leave it out in front of a batch normalisation, which subtracts it again. */
  bias?: boolean;
  kernelInitializer?: Initializer;
}

/** x: `[batch, in]` -> `[batch, units]`. */
export function dense(scope: Scope, x: tf.Tensor, units: number, options: DenseOptions = {}): tf.Tensor {
  const { bias = true, kernelInitializer = normal(0.02) } = options;
  const kernel = scope.param('kernel', [x.shape[1]!, units], kernelInitializer);
  const y = tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D);
  return bias ? tf.add(y, scope.param('bias', [units], zeros)) : y;
}
