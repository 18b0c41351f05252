/** Gradient checks: reductions, scans, normalisation. */
import * as tf from '@tensorflow/tfjs-core';
import { normalizeBatch } from '../../normalize-batch.ts';
import type { GradientCase } from './check.ts';
import { awayFromZero, distinct, uniform } from './inputs.ts';

type T4 = tf.Tensor4D;

const matrix = uniform([3, 4]);
const cube = uniform([2, 3, 4]);
const image = uniform([2, 4, 4, 3]);
const ordered = distinct([3, 4]);

const channels = uniform([3]);
const positive = uniform([3], 0.5, 1);
const batchNorm = (
  x: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  offset?: tf.Tensor,
  scale?: tf.Tensor,
): tf.Tensor =>
  tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    1e-3,
  );

const normalised = (x: tf.Tensor, axes: number[]): tf.Tensor => {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
};

export const reductionCases: GradientCase[] = [
  { name: 'sum', inputs: [matrix], op: (x) => tf.sum(x, 1) },
  { name: 'sum of all', inputs: [matrix], op: (x) => tf.sum(x) },
  { name: 'sum, kept axes', inputs: [cube], op: (x) => tf.sum(x, [0, 2], true) },
  { name: 'mean', inputs: [matrix], op: (x) => tf.mean(x, 1) },
  { name: 'mean of middle axis', inputs: [cube], op: (x) => tf.mean(x, 1) },
  { name: 'max', inputs: [ordered], op: (x) => tf.max(x, 1) },
  { name: 'max of all', inputs: [ordered], op: (x) => tf.max(x) },
  { name: 'min', inputs: [ordered], op: (x) => tf.min(x, 0, true) },
  { name: 'prod', inputs: [awayFromZero([3, 4])], op: (x) => tf.prod(x, 1) },
  { name: 'prod of two axes', inputs: [awayFromZero([2, 3, 2])], op: (x) => tf.prod(x, [0, 2]) },
  { name: 'norm, Euclidean', inputs: [matrix], op: (x) => tf.norm(x, 'euclidean', 1) },
  { name: 'norm, 1', inputs: [awayFromZero([3, 4])], op: (x) => tf.norm(x, 1, 1) },
  { name: 'logSumExp', inputs: [ordered], op: (x) => tf.logSumExp(x, 1) },
  { name: 'cumsum', inputs: [matrix], op: (x) => tf.cumsum(x, 1) },
  {
    name: 'cumsum of first axis, exclusive, reverse',
    inputs: [cube],
    op: (x) => tf.cumsum(x, 0, true, true),
  },
  { name: 'cumprod', inputs: [awayFromZero([3, 4])], op: (x) => tf.cumprod(x, 1) },
  {
    name: 'cumprod exclusive, reverse',
    inputs: [awayFromZero([3, 4])],
    op: (x) => tf.cumprod(x, 0, true, true),
  },
  { name: 'mean of two axes', inputs: [image], op: (x) => tf.mean(x, [1, 2]) },
  {
    name: 'moments',
    inputs: [image],
    op: (x) => tf.add(tf.moments(x, [0, 1, 2]).variance, tf.moments(x, [0, 1, 2]).mean),
  },
  {
    name: 'batchNorm, given moments',
    inputs: [image, channels, positive, channels, positive],
    op: batchNorm,
    steps: [1e-2, 5e-3],
  },
  {
    name: 'batchNorm without scale',
    inputs: [image, channels, positive, channels],
    op: (x, m, v, o) => batchNorm(x, m, v, o),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'batchNorm without offset',
    inputs: [image, channels, positive, positive],
    op: (x, m, v, s) => batchNorm(x, m, v, undefined, s),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'batchNorm without either',
    inputs: [image, channels, positive],
    op: (x, m, v) => batchNorm(x, m, v),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'batchNorm over moments',
    inputs: [image, channels, positive],
    op: (x, offset, scale) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return batchNorm(x, mean, variance, offset, scale);
    },
  },
  {
    name: 'normalizeBatch',
    inputs: [image, positive, channels],
    op: (x, gain, offset) => normalizeBatch(x, gain, offset, 1e-3).y,
  },
  {
    name: 'normalizeBatch of vectors, first for x only',
    inputs: [uniform([6, 3]), positive, channels],
    op: (x, gain, offset) => normalizeBatch(x, gain, offset, 1e-3).y,
    wrt: [0],
  },
  { name: 'instance norm', inputs: [image], op: (x) => normalised(x, [1, 2]) },
  {
    name: 'layer norm as tfjs-layers has it',
    inputs: [uniform([3, 4]), uniform([4]), uniform([4])],
    op: (x, offset, scale) => {
      const { mean, variance } = tf.moments(x, 1, true);
      const spread = (v: tf.Tensor): tf.Tensor => tf.tile(v, [1, 4]);
      const rows = (v: tf.Tensor): tf.Tensor => tf.tile(tf.reshape(v, [1, 4]), [3, 1]);
      return batchNorm(x, spread(mean), spread(variance), rows(offset), rows(scale));
    },
  },
  { name: 'layer norm', inputs: [image], op: (x) => normalised(x, [1, 2, 3]) },
  {
    name: 'pixel norm',
    inputs: [image],
    op: (x) => tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-3))),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'minibatch standard deviation',
    inputs: [uniform([4, 2, 2, 3])],
    op: (x) => {
      const deviation = tf.sqrt(tf.add(tf.moments(tf.reshape(x, [2, 2, 2, 2, 3]), [0]).variance, 1e-2));
      const statistic = tf.mean(deviation, [1, 2, 3], true);
      return tf.concat([x, tf.tile(tf.reshape(statistic, [2, 1, 1, 1]), [2, 2, 2, 1])], 3);
    },
    steps: [1e-2, 5e-3],
  },
  {
    name: 'local response normalisation',
    inputs: [image],
    op: (x) => tf.localResponseNormalization(x as T4, 2),
  },
  {
    name: 'local response normalisation, strong',
    inputs: [image],
    op: (x) => tf.localResponseNormalization(x as T4, 1, 1, 0.7, 0.75),
  },
  {
    name: 'gradient norm, sqrt(sum(square))',
    inputs: [matrix],
    op: (x) => tf.sqrt(tf.add(tf.sum(tf.square(x), 1), 1e-8)),
  },
];
