/** A convolution that keeps the side, doubles it with a filter behind, or halves it with a filter before. */
import * as tf from '@tensorflow/tfjs-core';
import { binomial4, upfirdn } from './upfirdn.ts';

export interface ResampledConvolution {
  resample?: 'none' | 'up' | 'down';
  /** The filter of `up` and `down`. */
  taps?: readonly number[];
}

/**
 * x: `[batch, height, width, in]`, kernel: `[side, side, in, out]`, for `up` `[side, side, out, in]` as in a transposed
 * convolution. `up` is a transposed convolution of stride 2 and then the filter, `down` the filter and then a
 * convolution of stride 2, padded as in StyleGAN2 (Karras et al., 2020, appendix B).
 */
export function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  { resample = 'none', taps = binomial4 }: ResampledConvolution,
): tf.Tensor {
  const [batch, height, width] = x.shape as [number, number, number];
  const side = kernel.shape[0]!;
  const filter = kernel as tf.Tensor4D;
  if (resample === 'none') return tf.conv2d(x as tf.Tensor4D, filter, 1, 'same');
  if (resample === 'up') {
    const rest = taps.length - 2 - (side - 1);
    const grown = (size: number): number => (size - 1) * 2 + side;
    const shape: [number, number, number, number] = [batch, grown(height), grown(width), kernel.shape[2]!];
    const y = tf.conv2dTranspose(x as tf.Tensor4D, filter, shape, 2, 'valid');
    return upfirdn(y, taps, { gain: 4, pad: [Math.ceil(rest / 2) + 1, Math.floor(rest / 2) + 1] });
  }
  const rest = taps.length - 2 + (side - 1);
  const smooth = upfirdn(x, taps, { pad: [Math.ceil(rest / 2), Math.floor(rest / 2)] });
  return tf.conv2d(smooth as tf.Tensor4D, filter, 2, 'valid');
}
