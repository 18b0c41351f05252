/** The elements under each position of a sliding window, one tensor for each offset in the window. */
import * as tf from '@tensorflow/tfjs-core';

export interface WindowSpec {
  size: number[];
  strides: number[];
  dilations: number[];
  pad: 'same' | 'valid';
}

/** x: [batch, spatial…, channels] with one spatial axis for each entry of `size`; the border reads `fill`. */
export function windows(
  x: tf.Tensor,
  { size, strides, dilations, pad }: WindowSpec,
  fill: number,
): tf.Tensor[] {
  const extent = size.map((length, i) => (length - 1) * dilations[i]! + 1);
  const spatial = x.shape.slice(1, -1);
  const out = spatial.map((length, i) =>
    Math.ceil((pad === 'same' ? length : length - extent[i]! + 1) / strides[i]!),
  );
  const missing = spatial.map((length, i) => Math.max(0, (out[i]! - 1) * strides[i]! + extent[i]! - length));
  const borders = missing.map((total): [number, number] => [
    Math.floor(total / 2),
    total - Math.floor(total / 2),
  ]);
  const padded = missing.some((total) => total > 0) ? tf.pad(x, [[0, 0], ...borders, [0, 0]], fill) : x;
  return offsets(size).map((offset) => {
    const begin = offset.map((o, i) => o * dilations[i]!);
    const end = begin.map((b, i) => b + (out[i]! - 1) * strides[i]! + 1);
    return tf.stridedSlice(
      padded,
      [0, ...begin, 0],
      [x.shape[0]!, ...end, x.shape.at(-1)!],
      [1, ...strides, 1],
    );
  });
}

/** All index tuples of a box in row-major order. */
export const offsets = (size: number[]): number[][] =>
  size.reduce<number[][]>(
    (tuples, length) => tuples.flatMap((tuple) => Array.from({ length }, (_, i) => [...tuple, i])),
    [[]],
  );
