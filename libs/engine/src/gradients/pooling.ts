/** Gradients of pooling and of the kernels that compute those gradients. */
import * as tf from '@tensorflow/tfjs-core';
import { onlyWhere } from './broadcasting.ts';
import { fused, rule, runKernel } from './rule.ts';
import { windows } from './windows.ts';

interface Attrs {
  filterSize: number | number[];
  strides: number | number[];
  pad: 'same' | 'valid';
  dimRoundingMode?: string;
  dataFormat?: string;
}

const perAxis = (value: number | number[], spatialDims: number): number[] =>
  Array.isArray(value) ? value : Array.from({ length: spatialDims }, () => value);

/** For each window the element of ddx where x has its maximum y, the first where several do. */
function pickAtMaximum(
  ddx: tf.Tensor,
  x: tf.Tensor,
  y: tf.Tensor,
  { filterSize, strides, pad }: Attrs,
  spatialDims: number,
): tf.Tensor {
  const spec = {
    size: perAxis(filterSize, spatialDims),
    strides: perAxis(strides, spatialDims),
    dilations: perAxis(1, spatialDims),
    pad,
  };
  const candidates = windows(ddx, spec, 0);
  let open = tf.cast(tf.onesLike(y), 'bool');
  return tf.addN(
    windows(x, spec, Number.NEGATIVE_INFINITY).map((window, i) => {
      const hit = tf.logicalAnd(open, tf.equal(window, y));
      open = tf.logicalAnd(open, tf.logicalNot(hit));
      return onlyWhere(hit, candidates[i]!);
    }),
  );
}

function poolingRules(suffix: '' | '3D', spatialDims: 2 | 3): tf.GradConfig[] {
  const dataFormat = spatialDims === 3 ? { dataFormat: 'NDHWC' } : {};
  const average = (x: tf.Tensor, attrs: Attrs): tf.Tensor =>
    runKernel(`AvgPool${suffix}`, { x }, { ...attrs, ...dataFormat });
  const averageGrad = (dy: tf.Tensor, input: tf.Tensor, attrs: Attrs): tf.Tensor =>
    runKernel(`AvgPool${suffix}Grad`, { dy, input }, attrs);
  const maxGrad = (dy: tf.Tensor, input: tf.Tensor, output: tf.Tensor, attrs: Attrs): tf.Tensor =>
    runKernel(`MaxPool${suffix}Grad`, { dy, input, output }, attrs);
  const maxGradGrad = (ddx: tf.Tensor, input: tf.Tensor, output: tf.Tensor, attrs: Attrs): tf.Tensor => {
    const composed = (): tf.Tensor => pickAtMaximum(ddx, input, output, attrs, spatialDims);
    // TensorFlow's kernel takes over the buffer of ddx for a result of the same shape and clears it before reading it.
    if (tf.util.arraysEqual(input.shape, output.shape)) return composed();
    return fused(`MaxPool${suffix}GradGrad`, { ddx, input, output }, attrs, composed);
  };
  return [
    rule<Attrs>(`AvgPool${suffix}`, { inputs: ['x'] }, (dy, [x], attrs) => ({
      x: () => averageGrad(dy, x!, attrs),
    })),
    rule<Attrs>(`AvgPool${suffix}Grad`, {}, (ddx, _, attrs) => ({
      dy: () => average(ddx, attrs),
      input: null,
    })),
    rule<Attrs>(`MaxPool${suffix}`, { inputs: ['x'], outputs: [true] }, (dy, [x, y], attrs) => ({
      x: () => maxGrad(dy, x!, y!, attrs),
    })),
    rule<Attrs>(`MaxPool${suffix}Grad`, { inputs: ['input', 'output'] }, (ddx, [input, output], attrs) => ({
      dy: () => maxGradGrad(ddx, input!, output!, attrs),
      input: null,
      output: null,
    })),
    rule<Attrs>(
      `MaxPool${suffix}GradGrad`,
      { inputs: ['input', 'output'] },
      (dddy, [input, output], attrs) => ({
        ddx: () => maxGrad(dddy, input!, output!, attrs),
        input: null,
        output: null,
      }),
    ),
  ];
}

export const pooling: tf.GradConfig[] = [...poolingRules('', 2), ...poolingRules('3D', 3)];
