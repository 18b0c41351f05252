/** Plane maps of a batch as matrices, and where they lead. Positions are in pixels from the image's centre: x right, y down. */
import * as tf from '@tensorflow/tfjs-core';

type Entry = tf.Tensor | number;

/** A `[batch, n, n]` matrix of its rows; entries are `[batch]` or numbers. */
export function matrixOf(rows: readonly (readonly Entry[])[], batch: number): tf.Tensor {
  const columns = rows.flat().map((entry) => (typeof entry === 'number' ? tf.fill([batch], entry) : entry));
  return tf.reshape(tf.stack(columns, 1), [batch, rows.length, rows[0]!.length]);
}

export const scaling = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  matrixOf(
    [
      [x, 0, 0],
      [0, y, 0],
      [0, 0, 1],
    ],
    x.size,
  );

/** By `angle` radians, from x towards y. */
export const rotation = (angle: tf.Tensor): tf.Tensor =>
  matrixOf(
    [
      [tf.cos(angle), tf.neg(tf.sin(angle)), 0],
      [tf.sin(angle), tf.cos(angle), 0],
      [0, 0, 1],
    ],
    angle.size,
  );

export const translation = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  matrixOf(
    [
      [1, 0, x],
      [0, 1, y],
      [0, 0, 1],
    ],
    x.size,
  );

/** The product of matrices `[batch, n, n]`, the first outermost. */
export const composed = (...maps: tf.Tensor[]): tf.Tensor => maps.reduce((a, b) => tf.matMul(a, b));

/**
 * Where `map` `[batch, 3, 3]` leads from the grid of points `(xs, ys)`: two tensors `[batch, ys.size, xs.size]`.
 */
export function mapped(map: tf.Tensor, xs: tf.Tensor, ys: tf.Tensor): { x: tf.Tensor; y: tf.Tensor } {
  const entry = (row: number, column: number): tf.Tensor =>
    tf.slice(map, [0, row, column], [map.shape[0]!, 1, 1]);
  const [across, down] = [tf.reshape(xs, [1, 1, -1]), tf.reshape(ys, [1, -1, 1])];
  const along = (row: number): tf.Tensor =>
    tf.add(tf.add(tf.mul(entry(row, 0), across), tf.mul(entry(row, 1), down)), entry(row, 2));
  return { x: along(0), y: along(1) };
}

/** Indices on a line of `size` pixels mirrored at its outermost pixels again and again: `-1` is `1`. */
export function reflected(index: tf.Tensor, size: number): tf.Tensor {
  if (size === 1) return tf.zerosLike(index);
  const period = 2 * (size - 1);
  const within = tf.sub(index, tf.mul(tf.floor(tf.div(index, period)), period));
  return tf.minimum(within, tf.sub(period, within));
}
