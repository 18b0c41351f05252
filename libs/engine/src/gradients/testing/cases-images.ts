/** Gradient checks: pooling, resizing, sampling. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { distinct, uniform } from './inputs.ts';

type T4 = tf.Tensor4D;
type T5 = tf.Tensor5D;

const image = uniform([2, 4, 4, 3]);
const peaks = distinct([2, 4, 4, 3]);
// Neighbours of a distinct input are this far apart in the worst case, so probes stay well below it.
const small = [4e-3, 2e-3];

const bilinear =
  (size: [number, number], alignCorners = false, halfPixelCenters = false) =>
  (x: tf.Tensor): tf.Tensor =>
    tf.image.resizeBilinear(x as T4, size, alignCorners, halfPixelCenters);

const nearest =
  (size: [number, number], alignCorners = false, halfPixelCenters = false) =>
  (x: tf.Tensor): tf.Tensor =>
    tf.image.resizeNearestNeighbor(x as T4, size, alignCorners, halfPixelCenters);

const boxes = (): tf.Tensor2D =>
  tf.tensor2d([
    [0.15, 0.2, 0.9, 0.7],
    [0, 0, 0.9, 1],
    [0.3, -0.4, 0.8, 0.65],
  ]);
const boxImages = (): tf.Tensor1D => tf.tensor1d([0, 1, 1], 'int32');

export const imageCases: GradientCase[] = [
  { name: 'avgPool 2x2', inputs: [image], op: (x) => tf.avgPool(x as T4, 2, 2, 'valid') },
  { name: 'avgPool 3x3 stride 1 same', inputs: [image], op: (x) => tf.avgPool(x as T4, 3, 1, 'same') },
  {
    name: 'avgPool as reshape and mean',
    inputs: [image],
    op: (x) => tf.mean(tf.reshape(x, [2, 2, 2, 2, 2, 3]), [2, 4]),
  },
  { name: 'maxPool 2x2', inputs: [peaks], op: (x) => tf.maxPool(x as T4, 2, 2, 'valid'), steps: small },
  {
    name: 'maxPool 3x3 stride 2 same',
    inputs: [peaks],
    op: (x) => tf.maxPool(x as T4, 3, 2, 'same'),
    steps: small,
  },
  {
    name: 'maxPool 3x3 stride 1 same',
    inputs: [peaks],
    op: (x) => tf.maxPool(x as T4, 3, 1, 'same'),
    steps: small,
  },
  { name: 'pool avg', inputs: [image], op: (x) => tf.pool(x as T4, 2, 'avg', 'valid', 1, 2) },
  { name: 'avgPool3d', inputs: [uniform([1, 4, 4, 4, 2])], op: (x) => tf.avgPool3d(x as T5, 2, 2, 'valid') },
  {
    name: 'maxPool3d',
    inputs: [distinct([1, 4, 4, 4, 2])],
    op: (x) => tf.maxPool3d(x as T5, 2, 2, 'valid'),
    steps: small,
  },
  {
    name: 'maxPool3d overlapping',
    inputs: [distinct([1, 3, 3, 3, 2])],
    op: (x) => tf.maxPool3d(x as T5, 2, 1, 'same'),
    steps: small,
  },
  { name: 'resizeNearestNeighbor x2', inputs: [image], op: nearest([8, 8]) },
  { name: 'resizeNearestNeighbor x2 half-pixel', inputs: [image], op: nearest([8, 8], false, true) },
  { name: 'resizeNearestNeighbor to 7x6 half-pixel', inputs: [image], op: nearest([7, 6], false, true) },
  { name: 'resizeNearestNeighbor down', inputs: [image], op: nearest([2, 2]) },
  { name: 'resizeBilinear x2', inputs: [image], op: bilinear([8, 8]) },
  { name: 'resizeBilinear x2 align-corners', inputs: [image], op: bilinear([8, 8], true) },
  { name: 'resizeBilinear x2 half-pixel', inputs: [image], op: bilinear([8, 8], false, true) },
  { name: 'resizeBilinear down half-pixel', inputs: [image], op: bilinear([3, 2], false, true) },
  {
    name: 'upsample x2 by tile',
    inputs: [image],
    op: (x) => tf.reshape(tf.tile(tf.reshape(x, [2, 4, 1, 4, 1, 3]), [1, 1, 2, 1, 2, 1]), [2, 8, 8, 3]),
  },
  {
    name: 'upsample x2 by broadcast',
    inputs: [image],
    op: (x) => tf.reshape(tf.mul(tf.reshape(x, [2, 4, 1, 4, 3]), tf.ones([1, 1, 2, 1, 1])), [2, 8, 4, 3]),
  },
  {
    name: 'upsample x2 by concat',
    inputs: [image],
    op: (x) => {
      const wide = tf.reshape(tf.concat([x, x], 3), [2, 4, 8, 3]);
      return tf.reshape(tf.concat([wide, wide], 2), [2, 8, 8, 3]);
    },
  },
  {
    name: 'upsample x2 by conv2dTranspose of ones',
    inputs: [uniform([2, 4, 4, 1])],
    op: (x) => tf.conv2dTranspose(x as T4, tf.ones([2, 2, 1, 1]), [2, 8, 8, 1], 2, 'same'),
  },
  { name: 'flipLeftRight', inputs: [image], op: (x) => tf.image.flipLeftRight(x as T4) },
  { name: 'depthToSpace', inputs: [uniform([2, 2, 3, 8])], op: (x) => tf.depthToSpace(x as T4, 2, 'NHWC') },
  {
    name: 'spaceToBatchND',
    inputs: [image],
    op: (x) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
  },
  {
    name: 'spaceToBatchND padded',
    inputs: [uniform([2, 3, 4, 3])],
    op: (x) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 2],
        ],
      ),
  },
  {
    name: 'batchToSpaceND',
    inputs: [uniform([4, 2, 2, 3])],
    op: (x) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
  },
  {
    name: 'batchToSpaceND cropped',
    inputs: [uniform([4, 2, 2, 3])],
    op: (x) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 1],
        ],
      ),
  },
  {
    name: 'cropAndResize',
    inputs: [image],
    op: (x) => tf.image.cropAndResize(x as T4, boxes(), boxImages(), [3, 3]),
  },
  {
    name: 'cropAndResize nearest',
    inputs: [image],
    op: (x) => tf.image.cropAndResize(x as T4, boxes(), boxImages(), [3, 3], 'nearest'),
  },
  {
    name: 'cropAndResize with boxes',
    inputs: [image, uniform([2, 2], 0.05, 0.15), uniform([2, 2], 0.52, 0.62)],
    op: (x, from, to) =>
      tf.image.cropAndResize(
        x as T4,
        tf.concat([from, to], 1) as tf.Tensor2D,
        tf.tensor1d([1, 0], 'int32'),
        [2, 2],
      ),
    steps: [4e-3, 2e-3],
  },
  {
    name: 'dilation2d',
    inputs: [peaks, uniform([2, 2, 3], 0, 0.01)],
    op: (x, w) => tf.dilation2d(x as T4, w as tf.Tensor3D, 1, 'same'),
    steps: small,
  },
  {
    name: 'dilation2d stride 2',
    inputs: [peaks, uniform([3, 3, 3], 0, 0.01)],
    op: (x, w) => tf.dilation2d(x as T4, w as tf.Tensor3D, 2, 'valid'),
    steps: small,
  },
];
