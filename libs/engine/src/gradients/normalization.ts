/** Gradients of normalisation kernels, composed of ops that have gradients themselves. */
import * as tf from '@tensorflow/tfjs-core';
import { sumTo } from './broadcasting.ts';
import { rule } from './rule.ts';

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

export const normalization: tf.GradConfig[] = [
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
