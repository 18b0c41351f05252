/** The adjoint of a strided slice: puts each element back at its place among zeros. */
import * as tf from '@tensorflow/tfjs-core';
import { reshapeTo } from './broadcasting.ts';

export interface StridedSliceAttrs {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
}

/** Inserts `step - 1` zeros between neighbours along an axis. */
function spaceOut(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const [before, count, after] = [x.shape.slice(0, axis), x.shape[axis]!, x.shape.slice(axis + 1)];
  const apart = tf.pad(reshapeTo(x, [...before, count, 1, ...after]), [
    ...before.map(none),
    [0, 0],
    [0, step - 1],
    ...after.map(none),
  ]);
  const joined = reshapeTo(apart, [...before, count * step, ...after]);
  return tf.slice(
    joined,
    joined.shape.map(() => 0),
    [...before, (count - 1) * step + 1, ...after],
  );
}

const none = (): [number, number] => [0, 0];

/** Inserts zeros between neighbours along every axis whose step is above 1. */
export const spaceOutAll = (x: tf.Tensor, steps: number[]): tf.Tensor =>
  steps.reduce(
    (spaced, step, axis) => (step > 1 && spaced.shape[axis]! > 1 ? spaceOut(spaced, axis, step) : spaced),
    x,
  );

export function stridedSliceGrad(dy: tf.Tensor, shape: number[], attrs: StridedSliceAttrs): tf.Tensor {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const info = tf.slice_util.sliceInfo(
    shape,
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const counts = shape.map((_, axis) =>
    Math.max(0, Math.ceil((info.end[axis]! - info.begin[axis]!) / info.strides[axis]!)),
  );
  if (counts.includes(0)) return tf.zeros(shape);
  const backwards = info.strides.flatMap((stride, axis) => (stride < 0 ? [axis] : []));
  const taken = reshapeTo(dy, counts);
  const spaced = spaceOutAll(
    backwards.length > 0 ? tf.reverse(taken, backwards) : taken,
    info.strides.map(Math.abs),
  );
  return tf.pad(
    spaced,
    shape.map((size, axis): [number, number] => {
      const first =
        info.strides[axis]! > 0
          ? info.begin[axis]!
          : info.begin[axis]! + (counts[axis]! - 1) * info.strides[axis]!;
      return [first, size - first - spaced.shape[axis]!];
    }),
  );
}
