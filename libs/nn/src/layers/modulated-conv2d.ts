/** StyleGAN2's modulated convolution (Karras et al., 2020, section 2.2): the style scales the kernel, not the maps. */
import * as tf from '@tensorflow/tfjs-core';
import { normal } from '../initializers.ts';
import { equalized } from '../parametrizations/equalized.ts';
import { kernelOf } from '../parametrizations/parametrization.ts';
import { convolve, type ResampledConvolution } from '../resampling/resampled-convolution.ts';
import type { Scope } from '../scope.ts';
import { equalizedDense } from './equalized-dense.ts';

export interface ModulatedConv2dOptions extends ResampledConvolution {
  kernelSize: number;
  /** Divides each output map by the norm of its modulated kernel; left out where maps become colours. */
  demodulate?: boolean;
}

const epsilon = 1e-8;

/**
 * x: `[batch, height, width, in]`, w: `[batch, features]` -> `[batch, height', width', filters]`, without a bias. The
 * styles, an affine map of w that starts at 1, scale the input maps and the norms of eq. 3 the output maps, which is
 * the same as a kernel for each sample and needs one convolution for all.
 */
export function modulatedConv2d(
  scope: Scope,
  x: tf.Tensor,
  w: tf.Tensor,
  filters: number,
  options: ModulatedConv2dOptions,
): tf.Tensor {
  const { kernelSize, demodulate = true, resample = 'none' } = options;
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const up = resample === 'up';
  const styles = scope.in('style', (s) => equalizedDense(s, w, channels, { gain: 1, biasStart: 1 }));
  const kernel = kernelOf(
    scope,
    up ? [kernelSize, kernelSize, filters, channels] : [kernelSize, kernelSize, channels, filters],
    up ? 2 : 3,
    { kernelInitializer: normal(1), parametrization: equalized({ gain: 1 }) },
  );
  const y = convolve(tf.mul(x, tf.reshape(styles, [batch, 1, 1, channels])), kernel, options);
  if (!demodulate) return y;
  const squares = tf.sum(tf.square(kernel), [0, 1]);
  const norms = tf.rsqrt(tf.add(tf.matMul(tf.square(styles), squares as tf.Tensor2D, false, up), epsilon));
  return tf.mul(y, tf.reshape(norms, [batch, 1, 1, filters]));
}
