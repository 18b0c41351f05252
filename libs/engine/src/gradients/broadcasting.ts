/** The two directions of broadcasting that gradients need. */
import * as tf from '@tensorflow/tfjs-core';

export const reshapeTo = (x: tf.Tensor, shape: number[]): tf.Tensor =>
  tf.util.arraysEqual(x.shape, shape) ? x : tf.reshape(x, shape);

/** Sums x over the axes along which a tensor of this shape was broadcast to it. */
export function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.backend_util.getReductionAxes(shape, x.shape);
  return reshapeTo(axes.length > 0 ? tf.sum(x, axes) : x, shape);
}

/** Repeats the result of a reduction along the reduced axes; traces to one op and holds no array of ones. */
export const spread = (reduced: tf.Tensor, shape: number[], axes: number[]): tf.Tensor =>
  tf.broadcastTo(keepAxes(reduced, shape, axes), shape);

/** Gives the result of a reduction its reduced axes back, with length 1. */
export const keepAxes = (reduced: tf.Tensor, shape: number[], axes: number[]): tf.Tensor =>
  reshapeTo(
    reduced,
    shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );

/** y where the mask is set, else zero; a NaN or infinity in the part not taken does not come through. */
export const onlyWhere = (mask: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.where(mask, y, tf.zerosLike(y));
