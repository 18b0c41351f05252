import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { outlive } from './gradients/survivors.ts';
import { stopGradient } from './gradients/stop-gradient.ts';
import { startEngine } from './start-engine.ts';
import { valueAndGrad } from './value-and-grad.ts';

beforeAll(() => startEngine());

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

it('gives the loss, other results and the gradients in the structure of the parameters', () => {
  const params = { layers: [{ w: tf.tensor1d([1, 2]) }, { w: tf.tensor1d([3, 4]) }], unused: tf.scalar(5) };
  const { loss, aux, grads } = valueAndGrad((p) => {
    const product = tf.mul(p.layers[0]!.w, tf.square(p.layers[1]!.w));
    return { loss: tf.sum(product), aux: { product, given: p.unused } };
  }, params);
  expect(values(loss)).toEqual([41]);
  expect([values(aux.product), values(aux.given)]).toEqual([[9, 32], [5]]);
  expect(grads.layers.map(({ w }) => values(w))).toEqual([
    [9, 16],
    [6, 16],
  ]);
  expect(values(grads.unused)).toEqual([0]);
});

it('leaves only its results behind, and none when it throws', () => {
  const params = { w: tf.tensor1d([1, 2]) };
  const before = tf.memory().numTensors;
  const { loss, aux, grads } = valueAndGrad(({ w }) => {
    const y = tf.tanh(w);
    return { loss: tf.sum(y), aux: { y, w } };
  }, params);
  expect(tf.memory().numTensors).toBe(before + 3);
  tf.dispose([loss, aux.y, grads.w]);
  expect(() =>
    valueAndGrad(({ w }) => {
      const y = tf.square(w);
      return { loss: y, aux: { y } };
    }, params),
  ).toThrow('[engine] valueAndGrad needs a scalar loss, got shape [2]');
  expect(() =>
    valueAndGrad(({ w }) => {
      tf.exp(w);
      throw new Error('mine');
    }, params),
  ).toThrow('mine');
  expect(tf.memory().numTensors).toBe(before);
});

it('lives with the scope around it', () => {
  const params = { w: tf.tensor1d([1, 2]) };
  const before = tf.memory().numTensors;
  const kept = tf.tidy(() => {
    const outer = tf.square(params.w);
    const { aux } = valueAndGrad(({ w }) => ({ loss: tf.sum(w), aux: { w2: tf.mul(w, 2), outer } }), params);
    return tf.add(aux.w2, aux.outer);
  });
  expect(values(kept)).toEqual([3, 8]);
  expect(tf.memory().numTensors).toBe(before + 1);
});

it('differentiates a gradient penalty through itself', () => {
  const params = { w: tf.tensor1d([0.5, -0.25]) };
  const x = tf.tensor1d([1, 2]);
  const { grads } = valueAndGrad(({ w }) => {
    const gradient = tf.grad((y) => tf.sum(tf.mul(tf.square(y), w)))(x);
    return { loss: tf.sum(tf.square(gradient)), aux: {} };
  }, params);
  // The penalty is sum((2 x w)^2), its derivative 8 x^2 w.
  expect(values(grads.w)).toEqual([4, -8]);
});

it('lets a result of a nested gradient be kept, with its way back to the parameters', () => {
  const params = { w: tf.tensor1d([0.5, -0.25]) };
  const x = tf.tensor1d([1, 2]);
  const before = tf.memory().numTensors;
  const { aux, grads } = valueAndGrad(({ w }) => {
    let inner = tf.zeros([2]);
    const gradient = tf.grad((y) => {
      inner = outlive(tf.mul(tf.square(y), w));
      return tf.sum(inner);
    })(x);
    return { loss: tf.add(tf.sum(gradient), tf.sum(inner)), aux: { inner } };
  }, params);
  expect(values(aux.inner)).toEqual([0.5, -1]);
  expect(values(grads.w)).toEqual([3, 8]);
  expect(tf.memory().numTensors).toBe(before + 3);
  tf.dispose([aux, grads]);
  expect(() =>
    tf.grad((y) => {
      outlive(tf.square(y));
      throw new Error('mine');
    })(x),
  ).toThrow('mine');
  expect(tf.memory().numTensors).toBe(before + 1);
});

it('takes what stopGradient returns as a constant, to every order', () => {
  const cube = (x: tf.Tensor): tf.Tensor => tf.mul(x, stopGradient(tf.square(x)));
  expect(values(tf.grad(cube)(tf.scalar(3)))).toEqual([9]);
  expect(values(tf.grad(tf.grad((x) => tf.mul(cube(x), x)))(tf.scalar(3)))).toEqual([18]);
});
