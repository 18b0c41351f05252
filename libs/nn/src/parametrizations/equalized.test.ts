import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { equalizedConv2d } from '../layers/equalized-conv2d.ts';
import { equalizedDense } from '../layers/equalized-dense.ts';
import { distance, draws, run, values, variablesOf } from '../testing/layers.ts';

beforeAll(() => startEngine({}));

const spread = (x: tf.Tensor): number => values(tf.sqrt(tf.mean(tf.square(x))))[0]!;

describe('equalised learning rate', () => {
  it("stores N(0, 1) and uses it times He's constant", () => {
    const x = draws([4, 50]);
    const forward = (s: Parameters<typeof equalizedDense>[0]) => equalizedDense(s, x, 60);
    const variables = variablesOf(forward);
    expect(spread(variables.params['kernel']!)).toBeCloseTo(1, 1);
    expect(values(variables.params['bias']!)).toEqual(Array.from({ length: 60 }, () => 0));
    const expected = tf.matMul(x, tf.mul(variables.params['kernel']!, Math.sqrt(2 / 50)));
    expect(distance(run(forward, variables).y, expected)).toBeLessThan(1e-5);
  });

  it('with a multiplier of 0.01 starts the same and changes a hundredth as much for the same change of what is stored', () => {
    const x = draws([4, 50]);
    const forward = (s: Parameters<typeof equalizedDense>[0]) =>
      equalizedDense(s, x, 60, { lrMultiplier: 0.01, gain: 1, biasStart: 2 });
    const { params, stats } = variablesOf(forward);
    const kernel = params['kernel']!;
    expect(spread(kernel)).toBeCloseTo(100, -1);
    expect(spread(params['bias']!)).toBeCloseTo(200, 2);
    const { y } = run(forward, { params, stats });
    const weights = tf.mul(kernel, 0.01 / Math.sqrt(50));
    expect(distance(y, tf.add(tf.matMul(x, weights), 2))).toBeLessThan(1e-4);
    const moved = run(forward, { params: { ...params, bias: tf.add(params['bias']!, 1) }, stats }).y;
    expect(distance(moved, tf.add(y, 0.01))).toBeLessThan(1e-5);
  });

  it('counts the field of a convolution, also of one that upsamples', () => {
    const x = tf.ones([1, 8, 8, 3]);
    for (const resample of ['none', 'up', 'down'] as const) {
      const forward = (s: Parameters<typeof equalizedConv2d>[0]) =>
        equalizedConv2d(s, x, 2, { kernelSize: 3, gain: 1, resample, bias: false });
      const { params, stats } = variablesOf(forward);
      const { y } = run(forward, { params: { kernel: tf.onesLike(params['kernel']!) }, stats });
      // Away from the border every input counts once, times 27 entries over sqrt(27); upsampling keeps the mean.
      const middle = tf.mean(tf.slice(y, [0, y.shape[1]! / 2 - 1, y.shape[2]! / 2 - 1, 0], [1, 2, 2, 2]));
      expect(values(middle)[0]).toBeCloseTo(Math.sqrt(27), 4);
      expect(y.shape).toEqual([1, ...{ none: [8, 8], up: [16, 16], down: [4, 4] }[resample], 2]);
    }
  });
});
