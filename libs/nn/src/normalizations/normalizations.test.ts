import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spectralNorm } from '../parametrizations/spectral-norm.ts';
import type { Scope } from '../scope.ts';
import { standingPass } from '../standing-statistics.ts';
import { distance, draws, run, values, variablesOf } from '../testing/layers.ts';
import { adaptiveInstanceNorm } from './adaptive-instance-norm.ts';
import { batchNorm } from './batch-norm.ts';
import { conditionalBatchNorm } from './conditional-batch-norm.ts';
import { instanceNorm } from './instance-norm.ts';
import { layerNorm } from './layer-norm.ts';
import { pixelNorm } from './pixel-norm.ts';
import { ones } from '../initializers.ts';

beforeAll(() => startEngine({}));

const image = (): tf.Tensor => tf.add(tf.mul(draws([3, 4, 4, 2]), 3), 5);

describe('conditional batch norm', () => {
  const code = (): tf.Tensor => draws([3, 6], 'code');
  const forward = (s: Scope): tf.Tensor => conditionalBatchNorm(s, image(), code());

  it('with kernels of zero is batch norm with gain 1 and offset 0', () => {
    const { params, stats } = variablesOf(forward);
    const zeroed = Object.fromEntries(Object.entries(params).map(([name, w]) => [name, tf.zerosLike(w)]));
    const plain = (s: Scope): tf.Tensor => batchNorm(s, image(), { gainInitializer: ones });
    const one = run(forward, { params: zeroed, stats });
    const other = run(plain, variablesOf(plain));
    expect(distance(one.y, other.y)).toBeLessThan(1e-6);
    expect(distance(one.variables.stats['mean']!, other.variables.stats['mean']!)).toBe(0);
  });

  it("scales and shifts each sample by its own condition's gain and offset", () => {
    const { params, stats } = variablesOf(forward);
    expect(Object.keys(params)).toEqual(['gain.kernel', 'offset.kernel']);
    const { y } = run(forward, { params, stats });
    const base = run((s) => batchNorm(s, image(), { gainInitializer: ones }), {
      params: { gain: tf.ones([2]), offset: tf.zeros([2]) },
      stats,
    }).y;
    const of = (name: string): tf.Tensor =>
      tf.reshape(tf.matMul(code() as tf.Tensor2D, params[name]! as tf.Tensor2D), [3, 1, 1, 2]);
    const expected = tf.add(tf.mul(base, tf.add(1, of('gain.kernel'))), of('offset.kernel'));
    expect(distance(y, expected)).toBeLessThan(1e-5);
  });

  it('uses running statistics when not training, and takes a parametrisation', () => {
    const normed = (s: Scope): tf.Tensor =>
      conditionalBatchNorm(s, image(), code(), { parametrization: spectralNorm(), epsilon: 0 });
    const start = variablesOf(normed);
    expect(Object.keys(start.stats)).toEqual(
      expect.arrayContaining(['mean', 'variance', 'gain.u', 'gain.sigma', 'offset.u']),
    );
    const { y } = run(
      (s) =>
        conditionalBatchNorm(s, image(), tf.zeros([3, 6]), { parametrization: spectralNorm(), epsilon: 0 }),
      {
        params: start.params,
        stats: { ...start.stats, mean: tf.tensor1d([5, 5]), variance: tf.tensor1d([9, 9]) },
      },
      { training: false },
    );
    expect(distance(y, tf.div(tf.sub(image(), 5), 3))).toBeLessThan(1e-5);
  });
});

describe('standing statistics', () => {
  it('are the average over the batches drawn for them, whatever the running ones were', () => {
    const network = {
      inputs: [{ shape: [2], dtype: 'float32' }] as const,
      forward: (s: Scope, x: tf.Tensor) => batchNorm(s, x),
    };
    let variables = {
      params: { gain: tf.ones([2]), offset: tf.zeros([2]) },
      stats: { mean: tf.tensor1d([100, -100]), variance: tf.tensor1d([50, 1]) },
    } as ReturnType<typeof standingPass>;
    const batches = [1, 2, 3].map((i) => draws([8, 2], `batch${i}`));
    batches.forEach((batch, i) => {
      variables = standingPass(network, variables, [batch], i === 0 ? 1 : tf.scalar(i + 1), 'local');
    });
    const moments = batches.map((batch) => tf.moments(batch, 0));
    const average = (tensors: tf.Tensor[]): tf.Tensor => tf.mean(tf.stack(tensors), 0);
    expect(distance(variables.stats['mean']!, average(moments.map(({ mean }) => mean)))).toBeLessThan(1e-5);
    expect(
      distance(variables.stats['variance']!, average(moments.map(({ variance }) => variance))),
    ).toBeLessThan(1e-5);
  });
});

describe('normalisations of each sample by itself', () => {
  it('pixel norm gives every pixel a mean square of 1', () => {
    const y = pixelNorm(image());
    expect(distance(tf.mean(tf.square(y), 3), tf.ones([3, 4, 4]))).toBeLessThan(1e-5);
    expect(values(pixelNorm(tf.zeros([1, 2])))).toEqual([0, 0]);
  });

  it('instance norm gives every map mean 0 and variance 1, then its gain and offset', () => {
    const forward = (s: Scope): tf.Tensor => instanceNorm(s, image());
    const params = { gain: tf.tensor1d([2, 3]), offset: tf.tensor1d([0, -1]) };
    const { mean, variance } = tf.moments(run(forward, { params, stats: {} }).y, [1, 2]);
    expect(distance(mean, tf.tile(tf.tensor2d([[0, -1]]), [3, 1]))).toBeLessThan(1e-4);
    expect(distance(variance, tf.tile(tf.tensor2d([[4, 9]]), [3, 1]))).toBeLessThan(1e-2);
    expect(variablesOf((s) => instanceNorm(s, image(), { affine: false })).params).toEqual({});
  });

  it('AdaIN gives every map the mean and spread that its style says', () => {
    const forward = (s: Scope): tf.Tensor => adaptiveInstanceNorm(s, image(), tf.zeros([3, 5]));
    const { params } = variablesOf(forward);
    expect(params['style.kernel']!.shape).toEqual([5, 4]);
    const bias = tf.tensor1d([1, -3, 0.5, 7]);
    const { y } = run(forward, { params: { ...params, 'style.bias': bias }, stats: {} });
    const { mean, variance } = tf.moments(y, [1, 2]);
    expect(distance(mean, tf.tile(tf.tensor2d([[0.5, 7]]), [3, 1]))).toBeLessThan(1e-4);
    expect(distance(variance, tf.tile(tf.tensor2d([[4, 4]]), [3, 1]))).toBeLessThan(1e-3);
  });
});

describe('layer norm', () => {
  it('gives every sample mean 0 and variance 1 over all of its maps, then each map its gain and offset', () => {
    const forward = (s: Scope): tf.Tensor => layerNorm(s, image(), { epsilon: 0 });
    const { y } = run(forward, variablesOf(forward));
    const rows = tf.reshape(y, [3, 32]);
    for (const mean of values(tf.mean(rows, 1))) expect(mean).toBeCloseTo(0, 5);
    for (const square of values(tf.mean(tf.square(rows), 1))) expect(square).toBeCloseTo(1, 4);
    const scaled = run(forward, {
      params: { gain: tf.tensor1d([2, 3]), offset: tf.tensor1d([0.5, -1]) },
      stats: {},
    }).y;
    expect(distance(scaled, tf.add(tf.mul(y, tf.tensor1d([2, 3])), tf.tensor1d([0.5, -1])))).toBeLessThan(
      1e-5,
    );
  });
});
