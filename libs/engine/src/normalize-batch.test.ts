import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalizeBatch } from './normalize-batch.ts';
import { random } from './random.ts';
import { startEngine } from './start-engine.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

const largestDifference = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;

describe('normalizeBatch', () => {
  it.each([[[4, 3, 2, 5]], [[7, 5]], [[1, 5]]])(
    'equals mean, variance and their use, for x of [%s]',
    (shape) => {
      const x = tf.add(random.normal(shape, random.key(1, 'x')), 3);
      const gain = random.uniform([5], random.key(1, 'gain'), 0.5, 2);
      const offset = random.normal([5], random.key(1, 'offset'));
      const { y, mean, variance } = normalizeBatch(x, gain, offset, 1e-5);
      const expected = tf.moments(
        x,
        shape.slice(0, -1).map((_, axis) => axis),
      );
      const scale = tf.mul(gain, tf.rsqrt(tf.add(expected.variance, 1e-5)));
      expect(y.shape).toEqual(shape);
      expect(largestDifference(mean, expected.mean)).toBeLessThan(1e-5);
      expect(largestDifference(variance, expected.variance)).toBeLessThan(1e-5);
      expect(largestDifference(y, tf.add(tf.mul(tf.sub(x, expected.mean), scale), offset))).toBeLessThan(
        1e-5,
      );
    },
  );

  it('lets no gradient through its statistics', () => {
    const ones = tf.ones([3]);
    const sumOf = (name: 'mean' | 'variance') => (x: tf.Tensor) =>
      tf.sum(normalizeBatch(x, ones, ones, 1e-5)[name]);
    for (const name of ['mean', 'variance'] as const)
      expect(() => tf.grad(sumOf(name))(tf.ones([4, 3]))).toThrow('does not depend on the inputs');
  });
});
