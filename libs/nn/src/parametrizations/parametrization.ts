/** How the kernel that a layer stores becomes the kernel that it uses. */
import type * as tf from '@tensorflow/tfjs-core';
import { normal, type Initializer } from '../initializers.ts';
import type { Scope } from '../scope.ts';

/**
 * `kernel`: the stored tensor; `outputAxis`: its axis of output features. The result has the shape of `kernel`. What it
 * must remember it keeps in the layer's own scope.
 */
export type Parametrization = (scope: Scope, kernel: tf.Tensor, outputAxis: number) => tf.Tensor;

export interface KernelOptions {
  kernelInitializer?: Initializer;
  /** For example `spectralNorm()`. Without one the stored kernel is used as it is. */
  parametrization?: Parametrization | undefined;
}

/** The kernel of the layer whose scope this is, as it is to be used. */
export function kernelOf(
  scope: Scope,
  shape: number[],
  outputAxis: number,
  { kernelInitializer = normal(0.02), parametrization }: KernelOptions,
): tf.Tensor {
  const kernel = scope.param('kernel', shape, kernelInitializer);
  return parametrization === undefined ? kernel : parametrization(scope, kernel, outputAxis);
}
