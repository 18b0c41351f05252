import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { random } from '../random.ts';
import { startEngine } from '../start-engine.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

const draws = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(1, stream));
const farthest = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;

/** The ops that a function of `x` becomes. */
function opsOf(shape: number[], fn: (x: tf.Tensor) => tf.Tensor): string[] {
  const step = compile('ops', (_: {}, { x }: { x: tf.Tensor }) => ({ state: {}, outputs: { y: fn(x) } }));
  const { graph } = step.trace({}, { x: { shape, dtype: 'float32' } });
  step.dispose();
  return graph.nodes.map(({ op }) => op).filter((op) => op !== 'Placeholder' && op !== 'Const');
}

describe('adding a vector along the last axis', () => {
  it.each([[[4, 3]], [[2, 4, 3]], [[2, 4, 4, 3]], [[1, 2, 2, 2, 3]]])('is a bias for x of [%s]', (shape) => {
    const [x, bias] = [draws(shape, 'x'), draws([3], 'bias')];
    const expected = tf.add(x, tf.broadcastTo(bias, shape));
    expect(farthest(tf.add(x, bias), expected)).toBe(0);
    expect(farthest(tf.add(bias, x), expected)).toBe(0);
    expect(opsOf(shape, (y) => tf.add(y, bias))).toEqual(['BiasAdd']);
  });

  it('is an addition for other shapes and integers', () => {
    expect(opsOf([3], (x) => tf.add(x, tf.tensor1d([1, 2, 3])))).toEqual(['Add']);
    expect(opsOf([4, 3], (x) => tf.add(x, tf.tensor2d([[1], [2], [3], [4]])))).toEqual(['Add']);
    expect(tf.add(tf.ones([2, 3], 'int32'), tf.tensor1d([1, 2, 3], 'int32')).arraySync()).toEqual([
      [2, 3, 4],
      [2, 3, 4],
    ]);
  });

  it('has a gradient, and that has one', () => {
    const [x, bias] = [draws([2, 3, 3, 4], 'x'), draws([4], 'bias')];
    const f = (b: tf.Tensor): tf.Scalar => tf.sum(tf.pow(tf.add(x, b), 3));
    const shifted = tf.add(x, tf.broadcastTo(bias, x.shape));
    expect(farthest(tf.grad(f)(bias), tf.sum(tf.mul(tf.square(shifted), 3), [0, 1, 2]))).toBeLessThan(1e-4);
    const second = tf.grad((b) => tf.sum(tf.grad(f)(b)))(bias);
    expect(farthest(second, tf.sum(tf.mul(shifted, 6), [0, 1, 2]))).toBeLessThan(1e-4);
  });
});

describe('summing to a vector along the last axis', () => {
  it.each([[[7, 3]], [[5, 4, 4, 3]]])('equals the reduction for x of [%s]', (shape) => {
    const x = draws(shape, 'x');
    const axes = shape.slice(0, -1).map((_, axis) => axis);
    expect(opsOf(shape, (y) => tf.sum(y, axes))).toContain('BiasAddGrad');
    const columns = tf.transpose(tf.reshape(x, [-1, 3]));
    expect(farthest(tf.sum(x, axes), tf.sum(columns, 1))).toBeLessThan(1e-5);
  });

  it('leaves other reductions as they are', () => {
    expect(opsOf([2, 3], (x) => tf.sum(x, 1))).toEqual(['Sum']);
    expect(opsOf([2, 3], (x) => tf.sum(x, 0, true))).toEqual(['Sum']);
    expect(tf.sum(tf.ones([0, 3]), 0).arraySync()).toEqual([0, 0, 0]);
    expect(tf.sum(tf.ones([2, 3], 'int32'), 0).arraySync()).toEqual([2, 2, 2]);
  });
});

it('a product of two matrices is one, a product of batches stays that', () => {
  const matrix = tf.tensor2d([[1, 2, 3]]);
  expect(opsOf([2, 3], (x) => tf.matMul(x, matrix, false, true))).toEqual(['MatMul']);
  expect(tf.matMul(tf.tensor2d([[1, 0, 2]]), matrix, false, true).arraySync()).toEqual([[7]]);
  expect(tf.matMul(matrix, matrix, true, false).shape).toEqual([3, 3]);
  expect(opsOf([2, 2, 3], (x) => tf.matMul(x, x, false, true))).toEqual(['BatchMatMulV2']);
});

it('a reshape to the same shape adds no op', () => {
  expect(opsOf([2, 3], (x) => tf.relu(tf.reshape(x, [2, 3])))).toEqual(['Relu']);
  expect(opsOf([2, 3], (x) => tf.relu(tf.reshape(x, [3, 2])))).toEqual(['Reshape', 'Relu']);
});

describe('kernels that need no methods of tensors', () => {
  it('take the types that tfjs takes', () => {
    const whole = tf.tensor1d([0, 1, 2], 'int32');
    expect(farthest(tf.exp(whole), tf.tensor1d([1, Math.E, Math.E ** 2]))).toBeLessThan(1e-6);
    expect([...whole.dataSync()]).toEqual([0, 1, 2]);
    const flags = tf.tensor2d([[false, true, true]], [1, 3], 'bool');
    expect([tf.argMax(flags, 1).dataSync()[0], tf.argMin(flags, 1).dataSync()[0]]).toEqual([1, 0]);
    expect(tf.argMax(flags, 1).dtype).toBe('int32');
    expect([...tf.prelu(tf.tensor1d([-2, 3]), tf.tensor1d([0.25, 0.25])).dataSync()]).toEqual([-0.5, 3]);
  });
});
