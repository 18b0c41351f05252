import { compile, fusedAdam, random, startEngine, StateCell } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adam, composedAdam } from './adam.ts';
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

describe('the fused update of adam', () => {
  const draws = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(1, stream));
  const tensors = (shape: number[]) => ({
    grad: draws(shape, 'grad'),
    m: draws(shape, 'm'),
    v: tf.square(draws(shape, 'v')),
    value: draws(shape, 'value'),
    rate: tf.scalar(1e-3),
    floor: tf.scalar(1e-8),
  });

  it.each([[[]], [[1]], [[7]], [[3, 3, 5, 11]], [[100_003]]])(
    'has the bits of separate ops for [%s]',
    (shape) => {
      const given = tensors(shape);
      const expected = composedAdam(given, 0.5, 1 - 0.999);
      fusedAdam(given, 0.5, 1 - 0.999).forEach((result, i) => {
        expect(result.shape).toEqual(shape);
        expect(result.dataSync()).toEqual(expected[i]!.dataSync());
      });
    },
  );

  it('lets what is not a number and what is infinite through as separate ops do', () => {
    const grad = tf.tensor1d([NaN, Infinity, -Infinity, 0, -0]);
    const given = { ...tensors([5]), grad, v: tf.zeros([5]), m: tf.zeros([5]) };
    const expected = composedAdam(given, 0.1, 0.001).map((result) => [...result.dataSync()]);
    expect(fusedAdam(given, 0.1, 0.001).map((result) => [...result.dataSync()])).toEqual(expected);
  });

  it('leaves the tensors that it is given as they were, eagerly and compiled', async () => {
    const given = tensors([1000]);
    const before = Object.values(given).map((tensor) => tensor.dataSync().slice());
    fusedAdam(given, 0.1, 0.001);
    const step = compile('adam', (_: {}, inputs: typeof given) => {
      const [m, v, value] = fusedAdam({ ...inputs, grad: tf.neg(tf.neg(inputs.grad)) }, 0.1, 0.001);
      return { state: {}, outputs: { m, v, value } };
    });
    const { value } = await step.run(new StateCell({}), given);
    expect(value.dataSync()).toEqual(composedAdam(given, 0.1, 0.001)[2].dataSync());
    expect(Object.values(given).map((tensor) => tensor.dataSync())).toEqual(before);
    step.dispose();
  });

  it('refuses tensors of different sizes', () => {
    const given = { ...tensors([4]), m: tf.zeros([5]) };
    expect(() => fusedAdam(given, 0.1, 0.001)).toThrow('input 1 must have 4 elements, got 5');
  });

  it('is composed for XLA, which has no kernel for it', async () => {
    const { update, init } = adam();
    const params = { w: tf.ones([3]) };
    const step = compile(
      'xla_adam',
      (state: { params: typeof params; slots: Readonly<Record<string, tf.Tensor>> }) => ({
        state: update({ w: tf.ones([3]) }, state.slots, state.params, tf.scalar(0.1)) as never,
        outputs: {},
      }),
      { xla: true },
    );
    const cell = new StateCell({ params, slots: init(params) });
    await step.run(cell, {});
    expect(cell.value.params.w.dataSync()[0]).toBeCloseTo(0.9, 5);
    step.dispose();
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
