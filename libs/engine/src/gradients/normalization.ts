/** Gradients of normalisation kernels, composed of ops that have gradients themselves. */
import * as tf from '@tensorflow/tfjs-core';
import { sumTo } from './broadcasting.ts';
import { listRule, rule } from './rule.ts';

interface LrnAttrs {
  depthRadius: number;
  bias: number;
  alpha: number;
  beta: number;
}

/** Sum over the 2r + 1 channels around each channel. */
function aroundChannels(x: tf.Tensor, radius: number): tf.Tensor {
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [radius, radius],
  ]);
  return tf.addN(Array.from({ length: 2 * radius + 1 }, (_, i) => tf.slice(padded, [0, 0, 0, i], x.shape)));
}

/** y = x·s^-β with s = bias + α·(squares around); ds reaches every x around. */
function lrnGrad(dy: tf.Tensor, x: tf.Tensor, { depthRadius, bias, alpha, beta }: LrnAttrs): tf.Tensor {
  const s = tf.add(tf.mul(aroundChannels(tf.square(x), depthRadius), alpha), bias);
  const direct = tf.mul(dy, tf.pow(s, -beta));
  const toSum = aroundChannels(tf.div(tf.mul(direct, x), s), depthRadius);
  return tf.sub(direct, tf.mul(tf.mul(x, 2 * alpha * beta), toSum));
}

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];

/** Computed when a first row of a rule asks for it, for all of them. */
const together = (compute: () => tf.Tensor[]): ((index: number) => () => tf.Tensor) => {
  let results: tf.Tensor[] | undefined;
  return (index) => () => (results ??= compute())[index]!;
};

/** The gradients for x, scale and offset of a batch normalisation of x, as a function of what they depend on. */
function batchNormGrads(dy: tf.Tensor, x: tf.Tensor, scale: tf.Tensor, epsilon: number): Three {
  const axes = [0, 1, 2];
  const centred = tf.sub(x, tf.mean(x, axes));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes), epsilon));
  const normal = tf.mul(centred, inverse);
  const forScale = tf.sum(tf.mul(dy, normal), axes);
  const forOffset = tf.sum(dy, axes);
  const numRows = x.size / scale.size;
  const free = tf.sub(dy, tf.div(tf.add(forOffset, tf.mul(normal, forScale)), numRows));
  return [tf.mul(free, tf.mul(inverse, scale)), forScale, forOffset];
}

const batchNorm = [
  listRule<{ epsilon: number }>(
    'FusedBatchNormV3',
    { inputs: ['x', 'scale'], outputs: [false, false, false, true, true, true] },
    ([dy], [x, scale, mean, variance, workspace], attrs) => {
      const inputs = { dy, x, scale, mean, variance, workspace };
      const grad = together(
        () => tf.engine().runKernel('FusedBatchNormGradV3', inputs as never, { ...attrs }) as tf.Tensor[],
      );
      return { x: grad(0), scale: grad(1), offset: grad(2) };
    },
  ),
  listRule<{ epsilon: number }>(
    'FusedBatchNormGradV3',
    { inputs: ['dy', 'x', 'scale'] },
    (weights, [dy, x, scale], { epsilon }) => {
      const contracted = (...args: tf.Tensor[]): tf.Tensor =>
        tf.addN(
          batchNormGrads(...(args as Three), epsilon).map((grad, i) => tf.sum(tf.mul(grad, weights[i]!))),
        );
      const grad = together(() => tf.grads(contracted)([dy!, x!, scale!]));
      // The statistics are functions of x, and their share is in its gradient.
      return { dy: grad(0), x: grad(1), scale: grad(2), mean: null, variance: null, workspace: null };
    },
  ),
];

export const normalization: tf.GradConfig[] = [
  ...batchNorm,
  rule<{ varianceEpsilon: number }>(
    'FusedBatchNorm',
    { inputs: ['x', 'mean', 'variance', 'scale', 'offset'] },
    (dy, [x, mean, variance, scale, offset], { varianceEpsilon }) => {
      const inverse = tf.rsqrt(tf.add(variance!, varianceEpsilon));
      const gain = scale ? tf.mul(inverse, scale) : inverse;
      const centred = tf.sub(x!, mean!);
      return {
        x: () => tf.mul(dy, gain),
        mean: () => tf.neg(tf.mul(sumTo(dy, mean!.shape), gain)),
        variance: () =>
          tf.mul(sumTo(tf.mul(dy, centred), variance!.shape), tf.mul(gain, tf.mul(tf.square(inverse), -0.5))),
        scale: () => tf.mul(sumTo(tf.mul(dy, centred), scale!.shape), inverse),
        offset: () => sumTo(dy, offset!.shape),
      };
    },
  ),
  rule<LrnAttrs>('LRN', { inputs: ['x'] }, (dy, [x], attrs) => ({ x: () => lrnGrad(dy, x!, attrs) })),
];
