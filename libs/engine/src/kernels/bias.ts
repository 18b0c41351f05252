/**
 * Adding a vector along the last axis, and summing to one, are the bias of a layer and its gradient. TensorFlow has ops
 * of their own for both: it puts the first into the convolution before it, and the second is several times as fast as
 * a reduction over all other axes.
 */
import * as tf from '@tensorflow/tfjs-core';
import { attr } from '@kiln/tensorflow';
import { rawOp } from '../raw-op.ts';
import { kernel } from './kernel.ts';

/** The ranks that `BiasAdd` takes. */
const ranks = [2, 3, 4, 5];

const isBias = (x: tf.Tensor, bias: tf.Tensor): boolean =>
  bias.rank === 1 && ranks.includes(x.rank) && x.dtype === 'float32' && x.shape.at(-1) === bias.size;

export const add = kernel('Add', ({ a, b }) => {
  if (isBias(a!, b!)) return rawOp('BiasAdd', [a!, b!])[0]!;
  if (isBias(b!, a!)) return rawOp('BiasAdd', [b!, a!])[0]!;
  return rawOp('Add', [a!, b!])[0]!;
});

export const sum = kernel<{ axis: number | number[]; keepDims: boolean }>(
  'Sum',
  ({ x }, { axis, keepDims }) => {
    const axes = tf.util.parseAxisParam(axis, x!.shape);
    const isAllButLast = x!.rank > 1 && axes.length === x!.rank - 1 && !axes.includes(x!.rank - 1);
    if (isAllButLast && !keepDims && x!.dtype === 'float32' && x!.size > 0) {
      // As rows: next to a convolution's gradient TensorFlow would merge the two, and eager steps would differ in bits.
      return rawOp('BiasAddGrad', [tf.reshape(x!, [-1, x!.shape.at(-1)!])])[0]!;
    }
    return rawOp('Sum', [x!, tf.tensor1d(axes, 'int32')], { keep_dims: attr.bool(keepDims) })[0]!;
  },
);
