/** Gradient checks: convolutions, matrix products, Einstein sums. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { awayFromZero, uniform } from './inputs.ts';

type T4 = tf.Tensor4D;
type T5 = tf.Tensor5D;

const image = uniform([2, 4, 4, 3]);
const kernel = uniform([3, 3, 3, 4]);

const conv2d =
  (strides: number, pad: 'same' | 'valid', dilations = 1) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as T4, w as T4, strides, pad, 'NHWC', dilations);

const transposed = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.conv2dTranspose(x as T4, w as T4, [2, 8, 8, 5], 2, 'same');

const depthwise =
  (strides: number) =>
  (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.depthwiseConv2d(x as T4, w as T4, strides, 'same');

export const convolutionCases: GradientCase[] = [
  { name: 'conv2d stride 1 same', inputs: [image, kernel], op: conv2d(1, 'same') },
  { name: 'conv2d stride 2 same', inputs: [image, uniform([4, 4, 3, 4])], op: conv2d(2, 'same') },
  { name: 'conv2d stride 2 same, odd size', inputs: [uniform([2, 5, 5, 3]), kernel], op: conv2d(2, 'same') },
  { name: 'conv2d stride 1 valid', inputs: [image, kernel], op: conv2d(1, 'valid') },
  { name: 'conv2d 1x1', inputs: [image, uniform([1, 1, 3, 4])], op: conv2d(1, 'same') },
  { name: 'conv2d dilation 2 same', inputs: [uniform([2, 6, 6, 3]), kernel], op: conv2d(1, 'same', 2) },
  { name: 'conv2d dilation 2 valid', inputs: [uniform([2, 6, 6, 3]), kernel], op: conv2d(1, 'valid', 2) },
  { name: 'conv2d, first for x only', inputs: [image, kernel], op: conv2d(1, 'same'), wrt: [0] },
  { name: 'conv2d, first for filter only', inputs: [image, kernel], op: conv2d(1, 'same'), wrt: [1] },
  { name: 'conv2dTranspose stride 2', inputs: [image, uniform([4, 4, 5, 3])], op: transposed },
  {
    name: 'conv2dTranspose, first for x only',
    inputs: [image, uniform([4, 4, 5, 3])],
    op: transposed,
    wrt: [0],
  },
  {
    name: 'conv2dTranspose, first for filter only',
    inputs: [image, uniform([4, 4, 5, 3])],
    op: transposed,
    wrt: [1],
  },
  { name: 'depthwiseConv2d', inputs: [image, uniform([3, 3, 3, 2])], op: depthwise(1) },
  { name: 'depthwiseConv2d stride 2', inputs: [image, uniform([3, 3, 3, 1])], op: depthwise(2) },
  {
    name: 'depthwiseConv2d, first for x only',
    inputs: [image, uniform([3, 3, 3, 2])],
    op: depthwise(1),
    wrt: [0],
  },
  {
    name: 'separableConv2d',
    inputs: [image, uniform([3, 3, 3, 2]), uniform([1, 1, 6, 4])],
    op: (x, w, p) => tf.separableConv2d(x as T4, w as T4, p as T4, 1, 'same'),
  },
  {
    name: 'conv1d',
    inputs: [uniform([2, 8, 3]), uniform([3, 3, 4])],
    op: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, 'same'),
  },
  {
    name: 'conv3d',
    inputs: [uniform([1, 3, 3, 3, 2]), uniform([2, 2, 2, 2, 3])],
    op: (x, w) => tf.conv3d(x as T5, w as T5, 1, 'same'),
  },
  {
    name: 'conv3dTranspose',
    inputs: [uniform([1, 2, 2, 2, 2]), uniform([2, 2, 2, 3, 2])],
    op: (x, w) => tf.conv3dTranspose(x as T5, w as T5, [1, 4, 4, 4, 3], 2, 'same'),
  },
  {
    name: 'fused.conv2d, bias and relu',
    inputs: [uniform([1, 2, 2, 2], 0.2, 1), awayFromZero([1, 1, 2, 3]), uniform([3], -0.1, 0.1)],
    op: (x, w, b) =>
      tf.fused.conv2d({ x: x as T4, filter: w as T4, strides: 1, pad: 'same', bias: b, activation: 'relu' }),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'fused.conv2d, bias',
    inputs: [image, kernel, uniform([4])],
    op: (x, w, b) => tf.fused.conv2d({ x: x as T4, filter: w as T4, strides: 1, pad: 'same', bias: b }),
  },
  {
    name: 'fused.depthwiseConv2d, bias',
    inputs: [image, uniform([3, 3, 3, 2]), uniform([6])],
    op: (x, w, b) =>
      tf.fused.depthwiseConv2d({ x: x as T4, filter: w as T4, strides: 1, pad: 'same', bias: b }),
  },
  {
    name: 'fused.matMul, bias',
    inputs: [uniform([3, 4]), uniform([4, 5]), uniform([5])],
    op: (a, b, bias) => tf.fused.matMul({ a, b, bias }),
  },
  { name: 'matMul', inputs: [uniform([3, 4]), uniform([4, 5])], op: (a, b) => tf.matMul(a, b) },
  {
    name: 'matMul, first transposed',
    inputs: [uniform([4, 3]), uniform([4, 5])],
    op: (a, b) => tf.matMul(a, b, true, false),
  },
  {
    name: 'matMul, second transposed',
    inputs: [uniform([3, 4]), uniform([5, 4])],
    op: (a, b) => tf.matMul(a, b, false, true),
  },
  {
    name: 'matMul, both transposed',
    inputs: [uniform([4, 3]), uniform([5, 4])],
    op: (a, b) => tf.matMul(a, b, true, true),
  },
  {
    name: 'matMul, batched',
    inputs: [uniform([2, 3, 4]), uniform([2, 4, 5])],
    op: (a, b) => tf.matMul(a, b),
  },
  {
    name: 'matMul, batch broadcast',
    inputs: [uniform([2, 3, 4]), uniform([1, 4, 5])],
    op: (a, b) => tf.matMul(a, b),
  },
  { name: 'dot', inputs: [uniform([5]), uniform([5])], op: (a, b) => tf.dot(a, b) },
  {
    name: 'outerProduct',
    inputs: [uniform([3]), uniform([4])],
    op: (a, b) => tf.outerProduct(a as tf.Tensor1D, b as tf.Tensor1D),
  },
  {
    name: 'einsum ij,jk->ik',
    inputs: [uniform([3, 4]), uniform([4, 5])],
    op: (a, b) => tf.einsum('ij,jk->ik', a, b),
  },
  {
    name: 'einsum bij,bkj->bik',
    inputs: [uniform([2, 3, 4]), uniform([2, 5, 4])],
    op: (a, b) => tf.einsum('bij,bkj->bik', a, b),
  },
  {
    name: 'einsum ij,j->i',
    inputs: [uniform([3, 4]), uniform([4])],
    op: (a, b) => tf.einsum('ij,j->i', a, b),
  },
  { name: 'einsum ij->j', inputs: [uniform([3, 4])], op: (a) => tf.einsum('ij->j', a) },
  {
    name: 'fused.matMul, bias and relu',
    inputs: [uniform([3, 2], 0.2, 1), awayFromZero([2, 4]), uniform([4], -0.1, 0.1)],
    op: (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'relu' }),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'fused.depthwiseConv2d, bias and relu',
    inputs: [uniform([1, 2, 2, 2], 0.6, 1), awayFromZero([1, 1, 2, 2]), uniform([4], -0.05, 0.05)],
    op: (x, w, b) =>
      tf.fused.depthwiseConv2d({
        x: x as T4,
        filter: w as T4,
        strides: 1,
        pad: 'same',
        bias: b,
        activation: 'relu',
      }),
    steps: [1e-2, 5e-3],
  },
];
