/** Two-dimensional convolution and its transpose. Kernels are `[height, width, in, out]` in TensorFlow's order. */
import * as tf from '@tensorflow/tfjs-core';
import { zeros } from '../initializers.ts';
import { kernelOf, type KernelOptions } from '../parametrizations/parametrization.ts';
import type { Scope } from '../scope.ts';

export interface Conv2dOptions extends KernelOptions {
  kernelSize: number;
  stride?: number;
  padding?: 'same' | 'valid';
  /** Leave it out in front of a batch normalisation, which subtracts it again. */
  bias?: boolean;
}

/** x: `[batch, height, width, in]` -> `[batch, height', width', filters]`. */
export function conv2d(scope: Scope, x: tf.Tensor, filters: number, options: Conv2dOptions): tf.Tensor {
  const { kernelSize, stride = 1, padding = 'same', bias = true } = options;
  const kernel = kernelOf(scope, [kernelSize, kernelSize, x.shape[3]!, filters], 3, options);
  const y = tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, padding);
  return bias ? tf.add(y, scope.param('bias', [filters], zeros)) : y;
}

/** x: `[batch, height, width, in]` -> `[batch, height * stride, width * stride, filters]` (padding `same`). */
export function conv2dTranspose(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  options: Conv2dOptions,
): tf.Tensor {
  const { kernelSize, stride = 1, padding = 'same', bias = true } = options;
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const kernel = kernelOf(scope, [kernelSize, kernelSize, filters, channels], 2, options);
  const grown = (size: number): number =>
    padding === 'same' ? size * stride : (size - 1) * stride + kernelSize;
  const shape: [number, number, number, number] = [batch, grown(height), grown(width), filters];
  const y = tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, shape, stride, padding);
  return bias ? tf.add(y, scope.param('bias', [filters], zeros)) : y;
}
