import { compile, random, startEngine, StateCell, type Key } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { glorotNormal, glorotUniform, heNormal } from './initializers.ts';
import { orthogonal } from './orthogonal.ts';
import { distance, values } from './testing/layers.ts';

beforeAll(() => startEngine({}));

const key = (): Key => random.key(3, 'weights');

describe('initialisers by fan', () => {
  it('have the variance of their papers for a 3x3 convolution of 64 to 128 maps', () => {
    const variance = (x: tf.Tensor): number => values(tf.mean(tf.square(x)))[0]!;
    const shape = [3, 3, 64, 128];
    expect(variance(heNormal(shape, key())) * (9 * 64)).toBeCloseTo(2, 1);
    expect(variance(glorotNormal(shape, key())) * (9 * 192)).toBeCloseTo(2, 1);
    expect(variance(glorotUniform(shape, key())) * (9 * 192)).toBeCloseTo(2, 1);
  });
});

describe('orthogonal start', () => {
  const gram = (x: tf.Tensor, wide: boolean): tf.Tensor => {
    const matrix = tf.reshape(x, [-1, x.shape.at(-1)!]) as tf.Tensor2D;
    return wide ? tf.matMul(matrix, matrix, false, true) : tf.matMul(matrix, matrix, true, false);
  };

  it.each([
    ['tall, a convolution', [3, 3, 8, 16], false, 16],
    ['wide, a dense layer', [6, 40], true, 6],
  ] as const)('%s: orthonormal columns or rows, times the gain', (_, shape, wide, size) => {
    const w = orthogonal(2)([...shape], key());
    expect(w.shape).toEqual(shape);
    expect(distance(gram(w, wide), tf.mul(tf.eye(size), 4))).toBeLessThan(1e-5);
  });

  it('is traced into a compiled function, with the bits it has outside', async () => {
    const step = compile('start', (_: {}, inputs: { key: Key }) => ({
      state: {},
      outputs: { w: orthogonal()([5, 4], inputs.key) },
    }));
    const { w } = await step.run(new StateCell({}), { key: key() });
    expect(values(w)).toEqual(values(orthogonal()([5, 4], key())));
  });

  it('favours no sign: the diagonal of many draws has mean 0', () => {
    const traces = Array.from(
      { length: 200 },
      (_, i) => values(tf.sum(tf.mul(orthogonal()([3, 3], random.fold(key(), i)), tf.eye(3))))[0]!,
    );
    // The trace of a uniform orthogonal matrix has variance 1; without the signs of R its mean would be far from 0.
    expect(Math.abs(traces.reduce((a, b) => a + b) / traces.length)).toBeLessThan(0.25);
  });
});
