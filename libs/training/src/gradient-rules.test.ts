import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyGradientRules } from './gradient-rules.ts';

let params: Readonly<Record<string, tf.Tensor>>;

beforeAll(() => {
  startEngine({});
  params = { a: tf.tensor1d([1, 1, 1]), b: tf.tensor1d([2]) };
});

const valuesOf = async (tree: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, number[]>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(tree).map(
        async ([name, value]) => [name, [...(await value.data())]] as [string, number[]],
      ),
    ),
  );

describe('gradient rules', () => {
  it('replace what is not finite', async () => {
    const grads = {
      a: tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, -3]),
      b: tf.tensor1d([Number.NEGATIVE_INFINITY]),
    };
    const ruled = applyGradientRules({ replaceNonFiniteBy: 1e5 }, grads, params);
    expect(await valuesOf(ruled)).toEqual({ a: [0, 1e5, -3], b: [-1e5] });
  });

  it('clip the norm of all gradients together, and leave shorter ones alone', async () => {
    const grads = { a: tf.tensor1d([3, 0, 0]), b: tf.tensor1d([4]) };
    const clipped = await valuesOf(applyGradientRules({ clipNorm: 1 }, grads, params));
    expect(clipped['a']![0]).toBeCloseTo(0.6, 6);
    expect(clipped['b']![0]).toBeCloseTo(0.8, 6);
    expect(await valuesOf(applyGradientRules({ clipNorm: 6 }, grads, params))).toEqual(await valuesOf(grads));
  });

  it('clip values', async () => {
    const grads = { a: tf.tensor1d([3, -0.5, -2]), b: tf.tensor1d([0]) };
    expect(await valuesOf(applyGradientRules({ clipValue: 1 }, grads, params))).toEqual({
      a: [1, -0.5, -1],
      b: [0],
    });
  });

  it('add a regulariser’s gradient after sanitising and before clipping', async () => {
    const grads = { a: tf.tensor1d([Number.NaN, 0, 0]), b: tf.tensor1d([0]) };
    const regularize = (
      from: Readonly<Record<string, tf.Tensor>>,
      of: Readonly<Record<string, tf.Tensor>>,
    ): Record<string, tf.Tensor> =>
      Object.fromEntries(
        Object.entries(from).map(([name, grad]) => [name, tf.add(grad, tf.mul(of[name]!, 10))]),
      );
    const ruled = applyGradientRules({ replaceNonFiniteBy: 1, regularize, clipValue: 15 }, grads, params);
    expect(await valuesOf(ruled)).toEqual({ a: [10, 10, 10], b: [15] });
  });
});
