/** Low-pass filtering with zero insertion before and decimation after it, the way StyleGAN resamples maps. */
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

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

/** Longer filters go over rows and over columns one after the other. */
const longestPlane = 4;

/**
 * x: `[batch, height, width, channels]` -> `[batch, (height·up + pads - taps + down) / down, …, channels]`. `taps` is a
 * separable filter, applied as a correlation to every channel by itself.
 */
export function upfirdn(
  x: tf.Tensor,
  taps: readonly number[],
  { up = 1, down = 1, pad = [0, 0], gain = 1 }: FilterOptions = {},
): tf.Tensor {
  const both = { taps, up, down, pad };
  if (taps.length <= longestPlane) return resample(x, { axes: [both, both], gain });
  const rows = resample(x, { axes: [both, unchanged], gain: Math.sqrt(gain) });
  return resample(rows, { axes: [unchanged, both], gain: Math.sqrt(gain) });
}

interface Axis {
  readonly taps: readonly number[];
  readonly up: number;
  readonly down: number;
  /** A negative one takes samples away. */
  readonly pad: readonly [number, number];
}

const unchanged: Axis = { taps: [1], up: 1, down: 1, pad: [0, 0] };

interface Resampling {
  /** Height and width. */
  readonly axes: readonly [Axis, Axis];
  readonly gain: number;
}

/** Its gradient is a resampling with `up` and `down` exchanged, which on CPUs is faster than the kernel for it. */
function resample(x: tf.Tensor, { axes, gain }: Resampling): tf.Tensor {
  const transposed = (index: 0 | 1, outputs: number): Axis => {
    const { taps, up, down, pad } = axes[index];
    const behind = x.shape[index + 1]! * up - outputs * down + pad[0] - up + 1;
    return { taps: taps.toReversed(), up: down, down: up, pad: [taps.length - 1 - pad[0], behind] };
  };
  return withGradient(
    x,
    (images) => filtered(images, { axes, gain }),
    (dy) => resample(dy, { axes: [transposed(0, dy.shape[1]!), transposed(1, dy.shape[2]!)], gain }),
  );
}

const sumOf = (taps: readonly number[]): number => taps.reduce((a, b) => a + b, 0);

function filtered(x: tf.Tensor, { axes: [rows, columns], gain }: Resampling): tf.Tensor {
  const channels = x.shape[3]!;
  const scale = gain / (sumOf(rows.taps) * sumOf(columns.taps));
  const plane = rows.taps.flatMap((a) => columns.taps.map((b) => a * b * scale));
  const one = tf.tensor4d(plane, [rows.taps.length, columns.taps.length, 1, 1]);
  const filter = tf.tile(one, [1, 1, channels, 1]) as tf.Tensor4D;
  const spread = insertZeros(x, rows.up, columns.up);
  const framed = padOrCrop(spread, [rows.pad, columns.pad]) as tf.Tensor4D;
  if (rows.down === columns.down) return tf.depthwiseConv2d(framed, filter, rows.down, 'valid');
  // TensorFlow's kernel has one stride for both axes.
  const all = tf.depthwiseConv2d(framed, filter, 1, 'valid');
  return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, rows.down, columns.down, 1]);
}

function padOrCrop(x: tf.Tensor, pads: readonly (readonly [number, number])[]): tf.Tensor {
  const all = [[0, 0], ...pads, [0, 0]] as [number, number][];
  const cropped = all.flat().some((count) => count < 0)
    ? tf.slice(
        x,
        all.map(([before]) => Math.max(-before, 0)),
        x.shape.map((size, axis) => size + Math.min(all[axis]![0], 0) + Math.min(all[axis]![1], 0)),
      )
    : x;
  if (all.flat().every((count) => count <= 0)) return cropped;
  return tf.pad(
    cropped,
    all.map(([before, after]): [number, number] => [Math.max(before, 0), Math.max(after, 0)]),
  );
}

function insertZeros(x: tf.Tensor, down: number, across: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (down === 1 && across === 1) return x;
  // Rank 5 at most: tfjs's pad takes no more axes.
  const columns = tf.pad(tf.reshape(x, [batch * height, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch * height, 1, width * across, channels]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, 0],
  ]);
  return tf.reshape(rows, [batch, height * down, width * across, channels]);
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
