import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../scope.ts';
import { distance, draws, run, values, variablesOf } from '../testing/layers.ts';
import { embedding } from './embedding.ts';
import { minibatchStddev } from './minibatch-stddev.ts';
import { modulatedConv2d } from './modulated-conv2d.ts';
import { noiseInput } from './noise-input.ts';
import { selfAttention } from './self-attention.ts';

beforeAll(() => startEngine({}));

const image = (channels: number, batch = 4): tf.Tensor => draws([batch, 4, 4, channels]);

describe('self-attention', () => {
  const forward = (s: Scope): tf.Tensor => selfAttention(s, image(16, 2));

  it('starts as the identity, with four kernels and no bias', () => {
    const variables = variablesOf(forward);
    const shapes = Object.fromEntries(Object.entries(variables.params).map(([name, w]) => [name, w.shape]));
    expect(shapes).toEqual({
      'theta.kernel': [1, 1, 16, 2],
      'phi.kernel': [1, 1, 16, 2],
      'g.kernel': [1, 1, 16, 8],
      'o.kernel': [1, 1, 8, 16],
      gamma: [],
    });
    expect(distance(run(forward, variables).y, image(16, 2))).toBe(0);
  });

  it('adds, for every position, values averaged with softmax weights over pooled positions', () => {
    const { params } = variablesOf(forward);
    const scaled = Object.fromEntries(Object.entries(params).map(([name, w]) => [name, tf.mul(w, 30)]));
    const y = run(forward, {
      params: { ...scaled, gamma: tf.scalar(0.5) },
      stats: {},
    }).y.arraySync() as number[][][][];
    const x = image(16, 2).arraySync() as number[][][][];
    const matrix = (name: string): number[][] => (scaled[name]!.arraySync() as number[][][][])[0]![0]!;
    const project = (pixel: number[], w: number[][]): number[] =>
      w[0]!.map((_, j) => pixel.reduce((sum, v, i) => sum + v * w[i]![j]!, 0));
    const pool = (w: number[][]): number[][] =>
      [0, 1].flatMap((r) =>
        [0, 1].map((c) => {
          const four = [0, 1].flatMap((dr) =>
            [0, 1].map((dc) => project(x[1]![2 * r + dr]![2 * c + dc]!, w)),
          );
          return w[0]!.map((_, j) => Math.max(...four.map((v) => v[j]!)));
        }),
      );
    const [keys, content] = [pool(matrix('phi.kernel')), pool(matrix('g.kernel'))];
    const query = project(x[1]![2]![3]!, matrix('theta.kernel'));
    const powers = keys.map((key) => Math.exp(key.reduce((sum, k, i) => sum + k * query[i]!, 0)));
    const total = powers.reduce((a, b) => a + b);
    const seen = content[0]!.map((_, j) =>
      content.reduce((sum, v, p) => sum + (v[j]! * powers[p]!) / total, 0),
    );
    project(seen, matrix('o.kernel')).forEach((o, c) =>
      expect(y[1]![2]![3]![c]).toBeCloseTo(x[1]![2]![3]![c]! + 0.5 * o, 3),
    );
  });

  it('says which widths it takes', () => {
    expect(() => variablesOf((s) => selfAttention(s, image(12)))).toThrow(
      'channels divisible by 8, got [4, 4, 4, 12]',
    );
  });
});

describe('minibatch standard deviation', () => {
  it('appends the mean deviation of the group, the same for samples i and i + M', () => {
    const x = image(2, 4);
    const y = run((s) => minibatchStddev(s, x, { groupSize: 2 }), { params: {}, stats: {} }).y;
    expect(y.shape).toEqual([4, 4, 4, 3]);
    const maps = tf.slice(y, [0, 0, 0, 2], [4, 4, 4, 1]);
    const half = (begin: number): tf.Tensor => tf.slice(x, [begin, 0, 0, 0], [2, 4, 4, 2]);
    // Two samples: the deviation of a pixel is half their difference.
    const expected = tf.div(tf.mean(tf.abs(tf.sub(half(0), half(2))), [1, 2, 3]), 2);
    const got = tf.mean(maps, [1, 2, 3]);
    expect(distance(got, tf.concat([expected, expected]))).toBeLessThan(1e-4);
    expect(distance(maps, tf.broadcastTo(tf.reshape(got, [4, 1, 1, 1]), [4, 4, 4, 1]))).toBeLessThan(1e-6);
  });

  it('is the square root of epsilon for equal samples, and can split the channels', () => {
    const x = tf.tile(image(4, 1), [4, 1, 1, 1]);
    const y = run((s) => minibatchStddev(s, x, { numFeatures: 2 }), { params: {}, stats: {} }).y;
    expect(y.shape).toEqual([4, 4, 4, 6]);
    expect(distance(tf.slice(y, [0, 0, 0, 4], [4, 4, 4, 2]), tf.fill([4, 4, 4, 2], 1e-4))).toBeLessThan(1e-6);
  });

  it('refuses a batch that does not divide', () => {
    expect(() => variablesOf((s) => minibatchStddev(s, image(2, 6)))).toThrow('divisible by 4');
  });
});

describe('modulated convolution', () => {
  const codes = (): tf.Tensor => draws([2, 5], 'w');
  const layer =
    (options: Partial<Parameters<typeof modulatedConv2d>[4]> = {}) =>
    (s: Scope): tf.Tensor =>
      modulatedConv2d(s, image(3, 2), codes(), 6, { kernelSize: 3, ...options });

  /** Equations 1 to 3: a kernel for each sample, and a convolution for each. */
  function fused(params: Readonly<Record<string, tf.Tensor>>, demodulate: boolean): tf.Tensor {
    const styles = tf.add(
      tf.matMul(codes() as tf.Tensor2D, tf.div(params['style.kernel']!, Math.sqrt(5)) as tf.Tensor2D),
      params['style.bias']!,
    );
    const kernel = tf.div(params['kernel']!, Math.sqrt(27));
    const samples = tf.unstack(image(3, 2)).map((sample, i) => {
      const style = tf.reshape(tf.unstack(styles)[i]!, [1, 1, 3, 1]);
      const modulated = tf.mul(kernel, style);
      const norm = tf.sqrt(tf.add(tf.sum(tf.square(modulated), [0, 1, 2], true), 1e-8));
      const own = (demodulate ? tf.div(modulated, norm) : modulated) as tf.Tensor4D;
      return tf.conv2d(sample as tf.Tensor3D, own, 1, 'same');
    });
    return tf.stack(samples);
  }

  for (const demodulate of [true, false]) {
    it(`agrees with a kernel for each sample, ${demodulate ? 'demodulated' : 'not demodulated'}`, () => {
      const variables = variablesOf(layer());
      expect(values(variables.params['style.bias']!)).toEqual([1, 1, 1]);
      expect(
        distance(run(layer({ demodulate }), variables).y, fused(variables.params, demodulate)),
      ).toBeLessThan(1e-4);
    });
  }

  it('has outputs of unit variance for inputs of unit variance, whatever the styles', () => {
    const x = draws([2, 32, 32, 16]);
    const forward = (s: Scope): tf.Tensor => modulatedConv2d(s, x, tf.mul(codes(), 20), 8, { kernelSize: 3 });
    const { variance } = tf.moments(run(forward, variablesOf(forward)).y, [1, 2]);
    values(variance).forEach((v) => expect(Math.abs(v - 1)).toBeLessThan(0.25));
  });

  it('doubles and halves the side', () => {
    for (const [resample, side] of [
      ['up', 8],
      ['down', 2],
    ] as const) {
      const variables = variablesOf(layer({ resample }));
      expect(run(layer({ resample }), variables).y.shape).toEqual([2, side, side, 6]);
    }
    // The norms belong to the output maps also where the kernel is stored as a transposed one.
    const up = layer({ resample: 'up' });
    const { params, stats } = variablesOf(up);
    const first = tf.tensor1d([1000, 1, 1, 1, 1, 1]);
    const scaled = { ...params, kernel: tf.mul(params['kernel']!, tf.reshape(first, [1, 1, 6, 1])) };
    expect(distance(run(up, { params: scaled, stats }).y, run(up, { params, stats }).y)).toBeLessThan(1e-3);
  });
});

describe('noise input and embedding', () => {
  it('adds one image of noise to all maps, by a strength that starts at 0', () => {
    const noise = draws([1, 4, 4, 1], 'noise');
    for (const perChannel of [false, true]) {
      const forward = (s: Scope): tf.Tensor => noiseInput(s, image(3), noise, { perChannel });
      const { params, stats } = variablesOf(forward);
      expect(params['strength']!.shape).toEqual(perChannel ? [3] : []);
      expect(distance(run(forward, { params, stats }).y, image(3))).toBe(0);
      const strong = { strength: tf.fill(params['strength']!.shape, 2) };
      expect(distance(run(forward, { params: strong, stats }).y, tf.add(image(3), tf.mul(noise, 2)))).toBe(0);
    }
  });

  it('looks up a row for each label, and only those rows get a gradient', () => {
    const labels = tf.tensor1d([2, 0, 2], 'int32');
    const forward = (s: Scope): tf.Tensor => embedding(s, labels, 4, 3);
    const { params, stats } = variablesOf(forward);
    const rows = params['kernel']!.arraySync() as number[][];
    expect(run(forward, { params, stats }).y.arraySync()).toEqual([rows[2], rows[0], rows[2]]);
    const slope = tf.grad((kernel) => tf.sum(run(forward, { params: { kernel }, stats }).y))(
      params['kernel']!,
    );
    expect(slope.arraySync()).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [2, 2, 2],
      [0, 0, 0],
    ]);
  });
});
