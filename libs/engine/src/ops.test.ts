import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { random } from './random.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';
import { valueAndGrad } from './value-and-grad.ts';

beforeAll(() => startEngine());

type T1 = tf.Tensor1D;
type T2 = tf.Tensor2D;
type T4 = tf.Tensor4D;
type Op = (x: tf.Tensor) => tf.Tensor;

const filter = (...shape: number[]): T4 => random.normal(shape, random.key(1, 'filter')) as T4;

/** x: [2, 4, 4, 3], positive and negative. Each is compared with and without its gradient. */
const differentiable: Record<string, Op> = {
  add: (x) => tf.add(x, tf.sum(x)),
  mul: (x) => tf.mul(x, x),
  div: (x) => tf.div(1, tf.add(tf.square(x), 1)),
  pow: (x) => tf.pow(tf.abs(x), tf.scalar(1.5)),
  exp: tf.exp,
  log: (x) => tf.log(tf.add(tf.square(x), 1)),
  sqrt: (x) => tf.sqrt(tf.add(tf.square(x), 1)),
  rsqrt: (x) => tf.rsqrt(tf.add(tf.square(x), 1)),
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  relu: tf.relu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  elu: tf.elu,
  selu: tf.selu,
  prelu: (x) => tf.prelu(x, tf.scalar(0.3)),
  clip: (x) => tf.clipByValue(x, -0.5, 0.5),
  maximum: (x) => tf.maximum(x, tf.mul(x, 0.2)),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, 3),
  sum: (x) => tf.sum(x, [1, 2], true),
  mean: (x) => tf.mean(x, 3),
  max: (x) => tf.max(x, [1, 2]),
  moments: (x) => tf.add(tf.moments(x, [0, 1, 2]).mean, tf.moments(x, [0]).variance),
  batchNorm: (x) =>
    tf.batchNorm(x as T4, tf.zeros([3]) as T1, tf.ones([3]) as T1, tf.zeros([3]) as T1, tf.ones([3]) as T1),
  norm: (x) => tf.norm(x, 'euclidean', [1, 2]),
  reshape: (x) => tf.reshape(x, [8, -1]),
  transpose: (x) => tf.transpose(x, [0, 3, 1, 2]),
  concat: (x) => tf.concat([x, tf.square(x)], 3),
  stack: (x) => tf.stack([x, x], 1),
  unstack: (x) => tf.unstack(x, 3)[1]!,
  split: (x) => tf.split(x, 2, 1)[1]!,
  slice: (x) => tf.slice(x, [0, 1, 0, 0], [2, 2, -1, 1]),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 0, 0, 0], [2, 4, 4, 3], [1, 2, 2, 1]),
  reverse: (x) => tf.reverse(x, 2),
  pad: (x) =>
    tf.pad(x, [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
    ]),
  mirrorPad: (x) =>
    tf.mirrorPad(
      x,
      [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      'reflect',
    ),
  tile: (x) => tf.tile(x, [1, 2, 1, 1]),
  broadcastTo: (x) => tf.broadcastTo(tf.sum(x, 0, true), [5, 4, 4, 3]),
  expandDims: (x) => tf.squeeze(tf.expandDims(x, 1)),
  gather: (x) => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32')),
  where: (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
  cumsum: (x) => tf.cumsum(x, 1),
  matMul: (x) => tf.matMul(tf.reshape(x, [2, 48]) as T2, tf.reshape(x, [2, 48]) as T2, false, true),
  dot: (x) => tf.dot(tf.reshape(x, [96]), tf.reshape(x, [96])),
  einsum: (x) => tf.einsum('nhwc,nhwd->ncd', x, x),
  conv2d: (x) => tf.conv2d(x as T4, filter(3, 3, 3, 2), 2, 'same'),
  conv2dTranspose: (x) => tf.conv2dTranspose(x as T4, filter(4, 4, 2, 3), [2, 8, 8, 2], 2, 'same'),
  depthwiseConv2d: (x) => tf.depthwiseConv2d(x as T4, filter(3, 3, 3, 1), 1, 'same'),
  avgPool: (x) => tf.avgPool(x as T4, 2, 2, 'same'),
  maxPool: (x) => tf.maxPool(x as T4, 2, 2, 'valid'),
  resizeNearest: (x) => tf.image.resizeNearestNeighbor(x as T4, [8, 8], false, true),
  resizeBilinear: (x) => tf.image.resizeBilinear(x as T4, [7, 9], false, true),
  depthToSpace: (x) => tf.depthToSpace(tf.concat([x, x, x, x], 3) as T4, 2),
  spaceToBatchND: (x) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
};

const others: Record<string, Op> = {
  argMax: (x) => tf.argMax(x, 3),
  oneHot: (x) => tf.oneHot(tf.argMax(tf.reshape(x, [8, 12]), 1), 12),
  topk: (x) => tf.topk(x, 2).values,
  cast: (x) => tf.cast(tf.mul(x, 100), 'int32'),
  compare: (x) => tf.logicalAnd(tf.greater(x, 0), tf.lessEqual(x, tf.scalar(0.5))),
  floorDiv: (x) => tf.floorDiv(x, 0.3),
  mod: (x) => tf.mod(x, 0.3),
  sign: (x) => tf.sign(tf.round(x)),
  range: (x) => tf.add(tf.mean(x), tf.range(0, 5)),
  linspace: (x) => tf.mul(tf.mean(x), tf.linspace(0, 1, 5)),
  eye: (x) => tf.mul(tf.mean(x), tf.eye(3)),
  isNaN: (x) => tf.isNaN(tf.sqrt(x)),
};

const bits = (tensor: tf.Tensor) => {
  const { shape, dtype } = tensor;
  return { shape, dtype, hex: Buffer.from(tensor.dataSync().buffer).toString('hex') };
};

/** What the op gives compiled and eagerly, as bits. */
async function both(op: Op, withGradient: boolean): Promise<[unknown, unknown]> {
  const x = random.normal([2, 4, 4, 3], random.key(1, 'x'));
  const step = compile('op', (state: Record<string, tf.Tensor>, input: tf.Tensor) => {
    if (!withGradient) return { state, outputs: [op(input)] };
    const { aux, grads } = valueAndGrad((p) => {
      const y = op(p);
      return { loss: tf.sum(tf.mul(y, tf.cos(y))), aux: y };
    }, input);
    return { state, outputs: [aux, grads] };
  });
  const cell = new StateCell({});
  const results = [await step.run(cell, x), await step.eager(cell, x)].map((tensors) => tensors.map(bits));
  step.dispose();
  return results as [unknown, unknown];
}

describe('compiled and eager give the same bits, value and gradient', () => {
  it.each(Object.keys(differentiable))('%s', async (name) => {
    const [run, eager] = await both(differentiable[name]!, true);
    expect(run).toEqual(eager);
  });
});

describe('compiled and eager give the same bits', () => {
  it.each(Object.keys(others))('%s', async (name) => {
    const [run, eager] = await both(others[name]!, false);
    expect(run).toEqual(eager);
  });
});
