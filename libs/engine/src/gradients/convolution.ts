/**
 * Gradients of convolutions, and of the kernels that compute those gradients: each of the three (forward,
 * for the input, for the filter) is linear in both arguments, and the derivative of any is another of them.
 * The three families differ in names and attributes only.
 */
import * as tf from '@tensorflow/tfjs-core';
import { rule, runKernel } from './rule.ts';
import { spaceOutAll } from './strided-slice.ts';

interface Attrs {
  strides: number | number[];
  pad: string | number;
  dataFormat?: string;
  dimRoundingMode?: string;
  dilations?: number | number[];
}

interface Family {
  forward: string;
  forInput: string;
  forFilter: string;
  spatialDims: 2 | 3;
  /** The kernels that compute gradients know no dilation: they get the filter with zeros in it instead. */
  undilated: object;
}

const stepsOf = (dilations: number | number[] | undefined, spatialDims: number): number[] =>
  Array.isArray(dilations)
    ? dilations.slice(-spatialDims)
    : Array.from({ length: spatialDims }, () => dilations ?? 1);

const dilated = (filter: tf.Tensor, steps: number[]): tf.Tensor =>
  steps.every((step) => step === 1) ? filter : spaceOutAll(filter, steps);

/** Picks the entries of a dilated filter that belong to the filter itself. */
const undilated = (filter: tf.Tensor, steps: number[]): tf.Tensor =>
  steps.every((step) => step === 1)
    ? filter
    : tf.stridedSlice(
        filter,
        filter.shape.map(() => 0),
        filter.shape,
        filter.shape.map((_, axis) => steps[axis] ?? 1),
      );

const dilatedShape = (shape: number[], steps: number[]): number[] =>
  shape.map((size, axis) => (size - 1) * (steps[axis] ?? 1) + 1);

function familyRules({
  forward,
  forInput,
  forFilter,
  spatialDims,
  undilated: plain,
}: Family): tf.GradConfig[] {
  const common = ({ strides, pad, dataFormat, dimRoundingMode }: Attrs): object => ({
    strides,
    pad,
    dataFormat,
    dimRoundingMode,
    ...plain,
  });
  const convolve = (x: tf.Tensor, filter: tf.Tensor, attrs: Attrs): tf.Tensor =>
    runKernel(
      forward,
      { x, filter },
      { dataFormat: spatialDims === 2 ? 'NHWC' : 'NDHWC', ...common(attrs), dilations: 1 },
    );
  const inputGrad = (dy: tf.Tensor, filter: tf.Tensor, inputShape: number[], attrs: Attrs): tf.Tensor =>
    runKernel(forInput, { dy, filter }, { ...common(attrs), inputShape });
  const filterGrad = (x: tf.Tensor, dy: tf.Tensor, filterShape: number[], attrs: Attrs): tf.Tensor =>
    runKernel(forFilter, { x, dy }, { ...common(attrs), filterShape });
  return [
    rule<Attrs>(forward, { inputs: ['x', 'filter'] }, (dy, [x, filter], attrs) => {
      const steps = stepsOf(attrs.dilations, spatialDims);
      return {
        x: () => inputGrad(dy, dilated(filter!, steps), x!.shape, attrs),
        filter: () => undilated(filterGrad(x!, dy, dilatedShape(filter!.shape, steps), attrs), steps),
      };
    }),
    rule<Attrs>(forInput, { inputs: ['dy', 'filter'] }, (ddx, [dy, filter], attrs) => ({
      dy: () => convolve(ddx, filter!, attrs),
      filter: () => filterGrad(ddx, dy!, filter!.shape, attrs),
    })),
    rule<Attrs>(forFilter, { inputs: ['x', 'dy'] }, (ddw, [x, dy], attrs) => ({
      x: () => inputGrad(dy!, ddw, x!.shape, attrs),
      dy: () => convolve(x!, ddw, attrs),
    })),
  ];
}

export const convolution: tf.GradConfig[] = [
  ...familyRules({
    forward: 'Conv2D',
    forInput: 'Conv2DBackpropInput',
    forFilter: 'Conv2DBackpropFilter',
    spatialDims: 2,
    undilated: {},
  }),
  ...familyRules({
    forward: 'DepthwiseConv2dNative',
    forInput: 'DepthwiseConv2dNativeBackpropInput',
    forFilter: 'DepthwiseConv2dNativeBackpropFilter',
    spatialDims: 2,
    undilated: { dilations: [1, 1] },
  }),
  ...familyRules({
    forward: 'Conv3D',
    forInput: 'Conv3DBackpropInputV2',
    forFilter: 'Conv3DBackpropFilterV2',
    spatialDims: 3,
    undilated: {},
  }),
];
