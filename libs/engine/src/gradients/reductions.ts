/** Gradients of reductions and scans. */
import * as tf from '@tensorflow/tfjs-core';
import { keepAxes, spread } from './broadcasting.ts';
import { rule } from './rule.ts';

interface Axis {
  axis: number | number[] | undefined;
}

interface Scan {
  axis: number;
  exclusive: boolean;
  reverse: boolean;
}

const axesOf = (axis: number | number[] | undefined, shape: number[]): number[] =>
  tf.util.parseAxisParam(axis as number | number[], shape);

/** Shared equally among the elements that attain the extreme, as TensorFlow does. */
function extremeGrad(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor, axes: number[]): tf.Tensor {
  const hits = tf.cast(tf.equal(x, keepAxes(y, x.shape, axes)), 'float32');
  return tf.mul(hits, tf.div(keepAxes(dy, x.shape, axes), tf.sum(hits, axes, true)));
}

/** The product of all others along the axes, exact where elements are zero. */
function prodGrad(dy: tf.Tensor, x: tf.Tensor, axes: number[]): tf.Tensor {
  const others = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...others, ...axes];
  const moved = tf.transpose(x, order);
  const row = tf.reshape(moved, [...others.map((axis) => x.shape[axis]!), -1]);
  const axis = others.length;
  const product = tf.mul(tf.cumprod(row, axis, true, false), tf.cumprod(row, axis, true, true));
  const restored = tf.transpose(
    tf.reshape(product, moved.shape),
    tf.backend_util.getUndoAxesPermutation(order),
  );
  return tf.mul(keepAxes(dy, x.shape, axes), restored);
}

export const reductions: tf.GradConfig[] = [
  rule<Axis>('Sum', { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => spread(dy, x!.shape, axesOf(axis, x!.shape)),
  })),
  rule<Axis>('Mean', { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => {
      const axes = axesOf(axis, x!.shape);
      const count = axes.reduce((product, a) => product * x!.shape[a]!, 1);
      return spread(tf.div(dy, count), x!.shape, axes);
    },
  })),
  rule<{ reductionIndices: number | number[] }>(
    'Max',
    { inputs: ['x'], outputs: [true] },
    (dy, [x, y], { reductionIndices }) => ({
      x: () => extremeGrad(dy, x!, y!, axesOf(reductionIndices, x!.shape)),
    }),
  ),
  rule<Axis>('Min', { inputs: ['x'], outputs: [true] }, (dy, [x, y], { axis }) => ({
    x: () => extremeGrad(dy, x!, y!, axesOf(axis, x!.shape)),
  })),
  rule<Axis>('Prod', { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => prodGrad(dy, x!, axesOf(axis, x!.shape)),
  })),
  rule<Scan>('Cumsum', {}, (dy, _, { axis, exclusive, reverse }) => ({
    x: () => tf.cumsum(dy, axis, exclusive, !reverse),
  })),
  rule<Scan>('Cumprod', { inputs: ['x'], outputs: [true] }, (dy, [x, y], { axis, exclusive, reverse }) => ({
    x: () => tf.div(tf.cumsum(tf.mul(dy, y!), axis, exclusive, !reverse), x!),
  })),
];
