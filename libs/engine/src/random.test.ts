import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { random } from './random.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';

beforeAll(() => startEngine());

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

const draw = (seed: number, stream: string, n: number) =>
  values(random.normal([4], random.fold(random.key(seed, stream), n)));

it('gives the same numbers for the same key, and others for another seed, stream or fold', () => {
  expect(draw(1, 'z', 0)).toEqual(draw(1, 'z', 0));
  const all = [
    draw(1, 'z', 0),
    draw(2, 'z', 0),
    draw(1, 'x', 0),
    draw(1, 'z', 1),
    draw(1, 'z', -1),
    draw(-1, 'z', 0),
  ];
  expect(new Set(all.flat()).size).toBe(24);
});

it('is pinned: these bits are part of every checkpoint', () => {
  const key = random.key(1, 'z');
  expect(values(key)).toEqual([1770083054, 974337331]);
  expect(values(random.fold(key, 7))).toEqual([387327663, -200680079]);
  expect(values(random.integers([4], key, 0, 1000))).toEqual([904, 838, 733, 498]);
});

it('folds a tensor as it folds a number', () => {
  const key = random.key(5, 'noise');
  expect(values(random.fold(key, tf.scalar(9, 'int32')))).toEqual(values(random.fold(key, 9)));
});

it('gives the same bits compiled and eagerly, and counts with a step in the state', async () => {
  const step = compile('draws', (state: { n: tf.Tensor }, key: tf.Tensor) => {
    const now = random.fold(key as tf.Tensor1D, state.n);
    return {
      state: { n: tf.add(state.n, tf.scalar(1, 'int32')) },
      outputs: {
        normal: random.normal([7, 3], now),
        uniform: random.uniform([33], now, -2, 5),
        truncated: random.truncatedNormal([300], now),
        integers: random.integers([20], now, -5, 5),
      },
    };
  });
  const [a, b] = [new StateCell({ n: tf.scalar(0, 'int32') }), new StateCell({ n: tf.scalar(0, 'int32') })];
  const key = random.key(3, 'k');
  const seen: number[] = [];
  for (let i = 0; i < 3; i++) {
    const [run, eager] = [await step.run(a, key), await step.eager(b, key)];
    for (const name of ['normal', 'uniform', 'truncated', 'integers'] as const)
      expect(values(run[name])).toEqual(values(eager[name]));
    seen.push(values(run.normal)[0]!);
  }
  expect(new Set(seen).size).toBe(3);
  step.dispose();
});

it('draws element i from the key and i alone, so that a rank may draw the whole batch and keep its part', () => {
  const key = random.key(11, 'z');
  for (const each of [random.normal, random.uniform]) {
    const whole = values(each([64, 100], key));
    expect(values(each([16, 100], key))).toEqual(whole.slice(0, 1600));
  }
});

it('has the distributions that it says', () => {
  const key = random.key(1, 'statistics');
  const { mean, variance } = tf.moments(random.normal([200_000], key));
  expect(mean.dataSync()[0]).toBeCloseTo(0, 1);
  expect(variance.dataSync()[0]).toBeCloseTo(1, 1);
  const uniform = random.uniform([100_000], key, 2, 4);
  expect([tf.min(uniform).dataSync()[0]! >= 2, tf.max(uniform).dataSync()[0]! < 4]).toEqual([true, true]);
  expect(tf.mean(uniform).dataSync()[0]).toBeCloseTo(3, 1);
  expect(Math.max(...values(tf.abs(random.truncatedNormal([10_000], key))))).toBeLessThanOrEqual(2);
  expect(new Set(values(random.integers([1000], key, -2, 3)))).toEqual(new Set([-2, -1, 0, 1, 2]));
});

it('refuses seeds that are no integers', () => {
  expect(() => random.key(0.5, 'z')).toThrow('[engine] a seed must be a safe integer, got 0.5');
});

it('gives rows of a draw to the same bits as the whole draw, wherever they begin', async () => {
  const key = random.key(2, 'rows');
  for (const shape of [[], [3], [2, 4]]) {
    const size = shape.reduce((a, b) => a * b, 1);
    const normal = values(random.normal([9, ...shape], key));
    const uniform = values(random.uniform([9, ...shape], key, -1, 3));
    for (const first of [0, 1, 2, 5]) {
      const rows = { first: tf.scalar(first, 'int32'), count: 3, total: 9 };
      const own = (all: number[]): number[] => all.slice(first * size, (first + 3) * size);
      expect(random.normalRows(shape, rows, key).shape).toEqual([3, ...shape]);
      expect(values(random.normalRows(shape, rows, key))).toEqual(own(normal));
      expect(values(random.uniformRows(shape, rows, key, -1, 3))).toEqual(own(uniform));
    }
  }
});

it('gives the same rows compiled for XLA as the whole draw there', async () => {
  const step = compile(
    'rows',
    (_: {}, { key, first }: { key: tf.Tensor; first: tf.Tensor }) => {
      const rows = { first, count: 2, total: 6 };
      const [whole, own] = [
        random.normal([6, 3], key as tf.Tensor1D),
        random.normalRows([3], rows, key as tf.Tensor1D),
      ];
      return { state: {}, outputs: { whole, own } };
    },
    { xla: true },
  );
  const inputs = { key: random.key(2, 'rows'), first: tf.scalar(3, 'int32') };
  const { whole, own } = await step.run(new StateCell({}), inputs);
  expect(values(own)).toEqual(values(whole).slice(9, 15));
});
