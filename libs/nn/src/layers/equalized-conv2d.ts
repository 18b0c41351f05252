/**
 * Convolution with an equalised learning rate (Karras et al., 2018, section 4.1), which can double or halve the side
 * with a low-pass filter as StyleGAN2 does.
 */
import * as tf from '@tensorflow/tfjs-core';
import { normal, zeros } from '../initializers.ts';
import { equalized, type EqualizedOptions } from '../parametrizations/equalized.ts';
import { kernelOf } from '../parametrizations/parametrization.ts';
import { convolve, type ResampledConvolution } from '../resampling/resampled-convolution.ts';
import type { Scope } from '../scope.ts';

export interface EqualizedConv2dOptions extends EqualizedOptions, ResampledConvolution {
  kernelSize: number;
  bias?: boolean;
}

/** x: `[batch, height, width, in]` -> `[batch, height', width', filters]`, of the same side unless resampled. */
export function equalizedConv2d(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  options: EqualizedConv2dOptions,
): tf.Tensor {
  const { kernelSize, bias = true, lrMultiplier = 1, resample = 'none' } = options;
  const channels = x.shape[3]!;
  const up = resample === 'up';
  const kernel = kernelOf(
    scope,
    up ? [kernelSize, kernelSize, filters, channels] : [kernelSize, kernelSize, channels, filters],
    up ? 2 : 3,
    { kernelInitializer: normal(1 / lrMultiplier), parametrization: equalized(options) },
  );
  const y = convolve(x, kernel, options);
  if (!bias) return y;
  const stored = scope.param('bias', [filters], zeros);
  return tf.add(y, lrMultiplier === 1 ? stored : tf.mul(stored, lrMultiplier));
}
