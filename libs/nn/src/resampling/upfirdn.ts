/** Low-pass filtering with zero insertion before and decimation after it, the way StyleGAN resamples maps. */
import * as tf from '@tensorflow/tfjs-core';

export interface FilterOptions {
  /** Zeros are inserted until the side is this many times as long. */
  up?: number;
  /** Every how manyth sample is kept. */
  down?: number;
  /** Zeros before the first and after the last sample, on both axes, after insertion. */
  pad?: readonly [number, number];
  /** Multiplies the filter, which otherwise has the sum 1; up^2 keeps the mean of what is upsampled. */
  gain?: number;
}

/** Taps of StyleGAN's blur (Karras et al., 2019) and of StyleGAN2's resampling (Karras et al., 2020). */
export const binomial3 = [1, 2, 1] as const;
export const binomial4 = [1, 3, 3, 1] as const;

/**
 * x: `[batch, height, width, channels]` -> `[batch, (height·up + pads - taps + down) / down, …, channels]`. `taps` is a
 * separable symmetric filter, applied to every channel by itself.
 */
export function upfirdn(
  x: tf.Tensor,
  taps: readonly number[],
  { up = 1, down = 1, pad = [0, 0], gain = 1 }: FilterOptions = {},
): tf.Tensor {
  const channels = x.shape[3]!;
  const sum = taps.reduce((a, b) => a + b, 0);
  const scale = gain / sum ** 2;
  const plane = taps.flatMap((a) => taps.map((b) => a * b * scale));
  const filter = tf.tile(tf.tensor4d(plane, [taps.length, taps.length, 1, 1]), [1, 1, channels, 1]);
  const spaced = up === 1 ? x : insertZeros(x, up);
  const padded = pad[0] === 0 && pad[1] === 0 ? spaced : tf.pad(spaced, [[0, 0], [...pad], [...pad], [0, 0]]);
  return tf.depthwiseConv2d(padded as tf.Tensor4D, filter as tf.Tensor4D, down, 'valid');
}

function insertZeros(x: tf.Tensor, up: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  // Rank 5 at most: tfjs's pad takes no more axes.
  const columns = tf.pad(tf.reshape(x, [batch * height, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, up - 1],
    [0, 0],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch * height, 1, width * up, channels]), [
    [0, 0],
    [0, up - 1],
    [0, 0],
    [0, 0],
  ]);
  return tf.reshape(rows, [batch, height * up, width * up, channels]);
}

/** The same side: StyleGAN's blur after upsampling and before downsampling. */
export function blur(x: tf.Tensor, taps: readonly number[] = binomial3): tf.Tensor {
  const around = taps.length - 1;
  return upfirdn(x, taps, { pad: [Math.ceil(around / 2), Math.floor(around / 2)] });
}

/** Twice the side, with the same mean. */
export function upsampleFiltered(x: tf.Tensor, taps: readonly number[] = binomial4): tf.Tensor {
  const rest = taps.length - 2;
  return upfirdn(x, taps, { up: 2, gain: 4, pad: [Math.ceil(rest / 2) + 1, Math.floor(rest / 2)] });
}

/** Half the side. */
export function downsampleFiltered(x: tf.Tensor, taps: readonly number[] = binomial4): tf.Tensor {
  const rest = taps.length - 2;
  return upfirdn(x, taps, { down: 2, pad: [Math.ceil(rest / 2), Math.floor(rest / 2)] });
}
