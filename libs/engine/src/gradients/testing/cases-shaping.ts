/** Gradient checks: ops that move, repeat or select elements. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { awayFromZero, distinct, uniform } from './inputs.ts';

const matrix = uniform([3, 4]);
const cube = uniform([2, 3, 4]);
const indices = (): tf.Tensor1D => tf.tensor1d([0, 2, 2, 1], 'int32');
const constantMask = (): tf.Tensor =>
  tf.tensor2d(
    [
      [1, 0, 1, 1],
      [0, 0, 1, 0],
      [1, 1, 0, 1],
    ],
    [3, 4],
    'bool',
  );
const product = (parts: tf.Tensor[]): tf.Tensor => parts.reduce((a, b) => tf.mul(a, b));

export const shapingCases: GradientCase[] = [
  { name: 'reshape', inputs: [matrix], op: (x) => tf.reshape(x, [2, 6]) },
  { name: 'transpose', inputs: [cube], op: (x) => tf.transpose(x, [2, 0, 1]) },
  { name: 'concat', inputs: [matrix, uniform([3, 2])], op: (a, b) => tf.concat([a, b], 1) },
  {
    name: 'concat of a tensor with itself',
    inputs: [matrix],
    op: (a) => tf.concat([a, tf.square(a), a], -1),
  },
  { name: 'stack', inputs: [uniform([3]), uniform([3])], op: (a, b) => tf.stack([a, b], 1) },
  { name: 'unstack', inputs: [matrix], op: (x) => product(tf.unstack(x)) },
  { name: 'unstack, one used', inputs: [matrix], op: (x) => tf.square(tf.unstack(x)[1]!) },
  { name: 'unstack of length 1', inputs: [uniform([1, 4])], op: (x) => tf.square(tf.unstack(x)[0]!) },
  { name: 'split', inputs: [matrix], op: (x) => product(tf.split(x, 2, 1)) },
  { name: 'split, uneven, one used', inputs: [matrix], op: (x) => tf.square(tf.split(x, [1, 3], 1)[1]!) },
  { name: 'slice', inputs: [matrix], op: (x) => tf.slice(x, [1, 0], [2, 3]) },
  { name: 'stridedSlice', inputs: [uniform([6, 4])], op: (x) => tf.stridedSlice(x, [0, 0], [6, 4], [2, 1]) },
  {
    name: 'stridedSlice with offset and step 3',
    inputs: [uniform([7, 4])],
    op: (x) => tf.stridedSlice(x, [1, 1], [6, 4], [3, 2]),
  },
  {
    name: 'stridedSlice backwards',
    inputs: [uniform([6, 4])],
    op: (x) => tf.stridedSlice(x, [4, 3], [0, 0], [-2, -1]),
  },
  {
    name: 'stridedSlice, dropped axis',
    inputs: [cube],
    op: (x) => tf.stridedSlice(x, [1, 0, 0], [2, 3, 4], [1, 2, 2], 0, 0, 0, 0, 1),
  },
  { name: 'gather', inputs: [matrix], op: (x) => tf.gather(x, indices()) },
  { name: 'gather on axis 1', inputs: [cube], op: (x) => tf.gather(x, indices(), 1) },
  {
    name: 'gather, batched',
    inputs: [cube],
    op: (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [0, 2, 2],
            [1, 1, 3],
          ],
          [2, 3],
          'int32',
        ),
        2,
        1,
      ),
  },
  {
    name: 'gatherND',
    inputs: [matrix],
    op: (x) => tf.gatherND(x, tf.tensor2d([[0], [2], [2]], [3, 1], 'int32')),
  },
  {
    name: 'scatterND',
    inputs: [uniform([3, 2])],
    op: (x) => tf.scatterND(tf.tensor2d([[0], [2], [2]], [3, 1], 'int32'), x, [4, 2]),
  },
  {
    name: 'tensorScatterUpdate',
    inputs: [uniform([4, 2]), uniform([2, 2])],
    op: (x, updates) => tf.tensorScatterUpdate(x, tf.tensor2d([[0], [2]], [2, 1], 'int32'), updates),
  },
  {
    name: 'embedding as one-hot product',
    inputs: [uniform([4, 3])],
    op: (w) => tf.matMul(tf.oneHot(indices(), 4), w),
  },
  {
    name: 'unsortedSegmentSum',
    inputs: [uniform([4, 3])],
    op: (x) => tf.unsortedSegmentSum(x, indices(), 3),
  },
  { name: 'topk', inputs: [distinct([3, 4])], op: (x) => tf.topk(x, 2).values },
  {
    name: 'pad',
    inputs: [matrix],
    op: (x) =>
      tf.pad(x, [
        [1, 1],
        [0, 2],
      ]),
  },
  {
    name: 'mirrorPad reflect',
    inputs: [matrix],
    op: (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 1],
        ],
        'reflect',
      ),
  },
  {
    name: 'mirrorPad symmetric',
    inputs: [matrix],
    op: (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 2],
          [3, 1],
        ],
        'symmetric',
      ),
  },
  { name: 'tile', inputs: [matrix], op: (x) => tf.tile(x, [2, 3]) },
  { name: 'tile of rank 5', inputs: [uniform([2, 1, 2, 1, 2])], op: (x) => tf.tile(x, [1, 2, 1, 3, 2]) },
  { name: 'broadcastTo', inputs: [uniform([1, 4])], op: (x) => tf.broadcastTo(x, [2, 3, 4]) },
  { name: 'expandDims and squeeze', inputs: [matrix], op: (x) => tf.squeeze(tf.expandDims(x, 0)) },
  { name: 'reverse', inputs: [matrix], op: (x) => tf.reverse(x, 1) },
  {
    name: 'where',
    inputs: [awayFromZero([3, 4]), uniform([3, 4])],
    op: (a, b) => tf.where(tf.greater(a, 0), tf.square(a), b),
  },
  {
    name: 'where, constant condition',
    inputs: [matrix, matrix],
    op: (a, b) => tf.where(constantMask(), tf.square(a), b),
  },
  {
    name: 'where over or, and, not',
    inputs: [awayFromZero([3, 4])],
    op: (a) => {
      const mask = tf.logicalOr(
        tf.logicalAnd(tf.less(a, 0), tf.notEqual(a, 9)),
        tf.logicalNot(tf.lessEqual(a, 5)),
      );
      return tf.where(mask, tf.square(a), a);
    },
  },
  {
    name: 'cast from a mask',
    inputs: [awayFromZero([3, 4])],
    op: (a) => tf.mul(tf.cast(tf.greaterEqual(a, 0), 'float32'), a),
  },
  { name: 'clone', inputs: [matrix], op: (x) => tf.clone(x) },
  { name: 'cast float32', inputs: [matrix], op: (x) => tf.cast(x, 'float32') },
  { name: 'diag', inputs: [uniform([2, 3])], op: (x) => tf.diag(x) },
  {
    name: 'sparseToDense',
    inputs: [uniform([2]), uniform([])],
    op: (values, fallback) =>
      tf.sparseToDense(tf.tensor1d([1, 3], 'int32'), values, [5], fallback as tf.Scalar),
  },
];
