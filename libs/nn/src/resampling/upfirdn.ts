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

/**
 * x: `[batch, height, width, channels]` -> `[batch, (height·up + pads - taps + down) / down, …, channels]`. `taps` is a
 * separable filter, applied as a correlation to every channel by itself.
 */
export function upfirdn(
  x: tf.Tensor,
  taps: readonly number[],
  { up = 1, down = 1, pad = [0, 0], gain = 1 }: FilterOptions = {},
): tf.Tensor {
  return resample(x, { taps, up, down, pads: [pad, pad], gain });
}

interface Resampling {
  readonly taps: readonly number[];
  readonly up: number;
  readonly down: number;
  /** Of rows and of columns; a negative one takes samples away. */
  readonly pads: readonly [readonly [number, number], readonly [number, number]];
  readonly gain: number;
}

/** Its gradient is a resampling with `up` and `down` exchanged, which on CPUs is faster than the kernel for it. */
function resample(x: tf.Tensor, options: Resampling): tf.Tensor {
  const { taps, up, down, pads, gain } = options;
  const around = (axis: 0 | 1, outputs: number): readonly [number, number] => {
    const [before] = pads[axis];
    return [taps.length - 1 - before, x.shape[axis + 1]! * up - outputs * down + before - up + 1];
  };
  return withGradient(
    x,
    (images) => filtered(images, options),
    (dy) =>
      resample(dy, {
        taps: taps.toReversed(),
        up: down,
        down: up,
        pads: [around(0, dy.shape[1]!), around(1, dy.shape[2]!)],
        gain,
      }),
  );
}

function filtered(x: tf.Tensor, { taps, up, down, pads, gain }: Resampling): tf.Tensor {
  const channels = x.shape[3]!;
  const sum = taps.reduce((a, b) => a + b, 0);
  const scale = gain / sum ** 2;
  const plane = taps.flatMap((a) => taps.map((b) => a * b * scale));
  const filter = tf.tile(tf.tensor4d(plane, [taps.length, taps.length, 1, 1]), [1, 1, channels, 1]);
  const framed = padOrCrop(up === 1 ? x : insertZeros(x, up), pads);
  return tf.depthwiseConv2d(framed as tf.Tensor4D, filter as tf.Tensor4D, down, 'valid');
}

function padOrCrop(x: tf.Tensor, pads: Resampling['pads']): tf.Tensor {
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
