import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

beforeAll(() => startEngine({}));

/** Applies gradients one after another to one weight and returns where it went. */
async function follow(
  optimizer: Optimizer,
  start: number,
  grads: number[],
  learningRate: number,
): Promise<number[]> {
  let params: Readonly<Record<string, tf.Tensor>> = { w: tf.tensor1d([start]) };
  let slots = optimizer.init(params);
  const path: number[] = [];
  for (const grad of grads) {
    const next = optimizer.update({ w: tf.tensor1d([grad]) }, slots, params, tf.scalar(learningRate));
    ({ params, slots } = next);
    path.push((await params['w']!.data())[0]!);
  }
  return path;
}

describe('adam', () => {
  it('follows Algorithm 1 computed in double precision', async () => {
    const [beta1, beta2, epsilon, rate] = [0.5, 0.99, 1e-8, 0.1];
    const grads = [0.3, -0.2, 0.05, 2];
    let [w, m, v] = [1, 0, 0];
    const expected = grads.map((g, i) => {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      w -= (rate * (m / (1 - beta1 ** (i + 1)))) / (Math.sqrt(v / (1 - beta2 ** (i + 1))) + epsilon);
      return w;
    });
    const got = await follow(adam({ beta1, beta2, epsilon }), 1, grads, rate);
    got.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  });

  it('moves by the learning rate on its first step, whatever the size of the gradient', async () => {
    for (const grad of [1e-3, 1, 1e3])
      expect((await follow(adam(), 0, [grad], 0.01))[0]).toBeCloseTo(-0.01, 6);
  });
});

describe('sgd', () => {
  it('without momentum descends along the gradient and remembers nothing', async () => {
    expect(await follow(sgd(), 1, [0.5, -1], 0.1)).toEqual([
      expect.closeTo(0.95, 6),
      expect.closeTo(1.05, 6),
    ]);
    expect(sgd().init({ w: tf.tensor1d([1]) })).toEqual({});
  });

  it('with momentum adds up past gradients', async () => {
    const path = await follow(sgd({ momentum: 0.5 }), 0, [1, 1, 1], 1);
    [-1, -2.5, -4.25].forEach((value, i) => expect(path[i]).toBeCloseTo(value, 6));
  });
});
