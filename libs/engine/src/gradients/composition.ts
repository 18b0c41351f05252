/** Gradients of kernels that have a slow but differentiable equivalent in plain ops: the tape runs through that. */
import * as tf from '@tensorflow/tfjs-core';
import { rule } from './rule.ts';
import { offsets, windows, type WindowSpec } from './windows.ts';

/** A rule for the inputs named, by differentiating `compose`, which must equal the kernel. */
const byComposition = <Attrs>(
  kernelName: string,
  inputs: string[],
  compose: (inputs: tf.Tensor[], attrs: Attrs) => tf.Tensor,
): tf.GradConfig =>
  rule<Attrs>(kernelName, { inputs }, (dy, saved, attrs) =>
    Object.fromEntries(
      inputs.map((name, i) => [name, () => tf.grad((x) => compose(saved.with(i, x), attrs))(saved[i]!, dy)]),
    ),
  );

interface CropAttrs {
  cropSize: [number, number];
  method: 'bilinear' | 'nearest';
  extrapolationValue: number;
}

/** Where the samples of one axis lie in the image: [boxes, count]. */
function samplePositions(first: tf.Tensor, last: tf.Tensor, count: number, length: number): tf.Tensor {
  const steps = count > 1 ? tf.div(tf.range(0, count), count - 1) : tf.tensor1d([0.5]);
  return tf.mul(tf.add(first, tf.mul(tf.sub(last, first), tf.reshape(steps, [1, count]))), length - 1);
}

/** How much of each image row (or column) goes into each sample: [boxes, count, length]. */
function sampleWeights(positions: tf.Tensor, length: number, method: CropAttrs['method']): tf.Tensor {
  const grid = tf.reshape(tf.range(0, length), [1, 1, length]);
  const at = tf.expandDims(method === 'nearest' ? tf.floor(tf.add(positions, 0.5)) : positions, 2);
  return tf.relu(tf.sub(1, tf.abs(tf.sub(at, grid))));
}

const isInside = (positions: tf.Tensor, length: number): tf.Tensor =>
  tf.logicalAnd(tf.greaterEqual(positions, 0), tf.lessEqual(positions, length - 1));

/** image: [n, h, w, c], boxes: [b, 4] as y1, x1, y2, x2 in 0…1, boxInd: [b]. */
function cropAndResize(
  [image, boxes, boxInd]: tf.Tensor[],
  { cropSize: [rows, columns], method, extrapolationValue }: CropAttrs,
): tf.Tensor {
  const [, height, width, channels] = image!.shape as [number, number, number, number];
  const [count] = boxes!.shape as [number];
  const [y1, x1, y2, x2] = tf.split(boxes!, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const ys = samplePositions(y1, y2, rows, height);
  const xs = samplePositions(x1, x2, columns, width);
  const picked = tf.reshape(tf.gather(image!, boxInd as tf.Tensor1D), [count, height, width * channels]);
  const inRows = tf.reshape(tf.matMul(sampleWeights(ys, height, method), picked), [
    count,
    rows,
    width,
    channels,
  ]);
  const turned = tf.reshape(tf.transpose(inRows, [0, 2, 1, 3]), [count, width, rows * channels]);
  const sampled = tf.reshape(tf.matMul(sampleWeights(xs, width, method), turned), [
    count,
    columns,
    rows,
    channels,
  ]);
  const inside = tf.logicalAnd(tf.expandDims(isInside(ys, height), 2), tf.expandDims(isInside(xs, width), 1));
  return tf.where(
    tf.expandDims(inside, 3),
    tf.transpose(sampled, [0, 2, 1, 3]),
    tf.scalar(extrapolationValue),
  );
}

interface DilationAttrs {
  strides: number | [number, number];
  dilations: number | [number, number];
  pad: WindowSpec['pad'];
}

const pair = (value: number | [number, number]): number[] =>
  typeof value === 'number' ? [value, value] : value;

/** Grey-scale dilation: the maximum over the window of x plus filter. filter: [height, width, channels]. */
function dilation2d([x, filter]: tf.Tensor[], { strides, dilations, pad }: DilationAttrs): tf.Tensor {
  const size = filter!.shape.slice(0, 2);
  const taps = tf.unstack(tf.reshape(filter!, [offsets(size).length, filter!.shape[2]!]));
  return windows(
    x!,
    { size, strides: pair(strides), dilations: pair(dilations), pad },
    Number.NEGATIVE_INFINITY,
  )
    .map((window, i) => tf.add(window, taps[i]!))
    .reduce((a, b) => tf.maximum(a, b));
}

const crop = byComposition<CropAttrs>('CropAndResize', ['image', 'boxes', 'boxInd'], cropAndResize);

export const composition: tf.GradConfig[] = [
  crop,
  byComposition<DilationAttrs>('Dilation2D', ['x', 'filter'], dilation2d),
];
