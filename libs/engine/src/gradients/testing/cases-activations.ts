/** Gradient checks: activation functions, away from their kinks. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { awayFromZero, uniform } from './inputs.ts';

const smooth = uniform([3, 4], -1.5, 1.5);
const kinked = awayFromZero([3, 4]);

export const activationCases: GradientCase[] = [
  { name: 'relu', inputs: [kinked], op: (x) => tf.relu(x) },
  { name: 'relu6', inputs: [kinked], op: (x) => tf.relu6(tf.mul(x, 8)), steps: [4e-3] },
  { name: 'leakyRelu', inputs: [kinked], op: (x) => tf.leakyRelu(x, 0.2) },
  { name: 'leakyRelu as maximum(x, 0.2x)', inputs: [kinked], op: (x) => tf.maximum(x, tf.mul(x, 0.2)) },
  {
    name: 'leakyRelu as 0.6x + 0.4abs(x)',
    inputs: [kinked],
    op: (x) => tf.add(tf.mul(x, 0.6), tf.mul(tf.abs(x), 0.4)),
  },
  {
    name: 'leakyRelu as relu(x) - 0.2relu(-x)',
    inputs: [kinked],
    op: (x) => tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), 0.2)),
  },
  { name: 'prelu', inputs: [kinked, uniform([4], 0.1, 0.3)], op: (x, alpha) => tf.prelu(x, alpha) },
  { name: 'elu', inputs: [kinked], op: (x) => tf.elu(x) },
  { name: 'selu', inputs: [kinked], op: (x) => tf.selu(x) },
  { name: 'sigmoid', inputs: [smooth], op: (x) => tf.sigmoid(x) },
  { name: 'logSigmoid', inputs: [smooth], op: (x) => tf.logSigmoid(x) },
  { name: 'logSigmoid of an intermediate', inputs: [smooth], op: (x) => tf.logSigmoid(tf.mul(x, x)) },
  { name: 'softplus', inputs: [smooth], op: (x) => tf.softplus(x) },
  { name: 'tanh', inputs: [smooth], op: (x) => tf.tanh(x) },
  { name: 'tanh as sinh/cosh', inputs: [smooth], op: (x) => tf.div(tf.sinh(x), tf.cosh(x)) },
  { name: 'sigmoid as 1/(1+exp(-x))', inputs: [smooth], op: (x) => tf.div(1, tf.add(tf.exp(tf.neg(x)), 1)) },
  { name: 'swish', inputs: [smooth], op: (x) => tf.mul(x, tf.sigmoid(x)) },
  { name: 'softmax', inputs: [smooth], op: (x) => tf.softmax(x) },
  { name: 'logSoftmax', inputs: [smooth], op: (x) => tf.logSoftmax(x) },
  { name: 'step', inputs: [kinked], op: (x) => tf.mul(tf.step(x), x) },
  { name: 'sign', inputs: [kinked], op: (x) => tf.mul(tf.sign(x), x) },
  {
    name: 'round, floor, ceil',
    inputs: [kinked],
    op: (x) => tf.mul(tf.add(tf.add(tf.round(tf.mul(x, 0.4)), tf.floor(x)), tf.ceil(x)), x),
  },
  {
    name: 'clipByValue',
    inputs: [uniform([3, 4], -0.8, 0.8)],
    op: (x) => tf.clipByValue(tf.mul(x, 1.5), -1.4, 1.4),
  },
  {
    name: 'clipByValue, all cut',
    inputs: [uniform([3, 4], 1.2, 2)],
    op: (x) => tf.add(tf.clipByValue(x, -1, 1), tf.mul(x, x)),
  },
  {
    name: 'dropout-like mask',
    inputs: [smooth],
    op: (x) => tf.where(tf.greater(x, 9), tf.zerosLike(x), tf.square(x)),
  },
];
