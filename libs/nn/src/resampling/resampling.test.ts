import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance, draws, values } from '../testing/layers.ts';
import { averagePool, upsampleNearest } from './nearest.ts';
import { convolve } from './resampled-convolution.ts';
import { binomial3, binomial4, blur, downsampleFiltered, upfirdn, upsampleFiltered } from './upfirdn.ts';

beforeAll(() => startEngine({}));

const image = (): tf.Tensor => draws([2, 4, 6, 3]);

describe('nearest upsampling and average pooling', () => {
  it('repeats pixels as resizing does', () => {
    const x = image() as tf.Tensor4D;
    expect(distance(upsampleNearest(x, 3), tf.image.resizeNearestNeighbor(x, [12, 18], false, true))).toBe(0);
  });

  it('have gradients that sum over what was repeated, twice', () => {
    const loss = (x: tf.Tensor): tf.Scalar => tf.sum(tf.square(upsampleNearest(x)));
    const penalty = (x: tf.Tensor): tf.Scalar => tf.sum(tf.square(tf.grad(loss)(x)));
    expect(distance(tf.grad(loss)(image()), tf.mul(image(), 8))).toBeLessThan(1e-5);
    expect(distance(tf.grad(penalty)(image()), tf.mul(image(), 128))).toBeLessThan(1e-3);
  });

  it('undo each other', () => {
    expect(distance(averagePool(upsampleNearest(image())), image())).toBeLessThan(1e-6);
  });
});

describe('filtered resampling', () => {
  it('of a plane wave is the frequency response of the taps', () => {
    // Along one axis cos(k i): [1, 2, 1] / 4 scales it by (1 + cos k) / 2, [1, 3, 3, 1] / 8 shifted by half a pixel.
    const k = 0.9;
    const wave = tf.reshape(tf.cos(tf.mul(tf.range(0, 12), k)), [1, 1, 12, 1]);
    const x = tf.broadcastTo(wave, [1, 12, 12, 1]);
    const row = (y: tf.Tensor): number[] => values(tf.slice(y, [0, 5, 2, 0], [1, 1, 8, 1]));
    row(blur(x, binomial3)).forEach((value, i) =>
      expect(value).toBeCloseTo(((1 + Math.cos(k)) / 2) * Math.cos(k * (i + 2)), 5),
    );
    row(blur(x, binomial4)).forEach((value, i) =>
      expect(value).toBeCloseTo(Math.cos(k / 2) ** 3 * Math.cos(k * (i + 1.5)), 5),
    );
  });

  it('keeps the mean of a constant away from the border, doubling and halving', () => {
    const ones = tf.ones([1, 8, 8, 2]);
    const inner = (y: tf.Tensor): tf.Tensor =>
      tf.slice(y, [0, 2, 2, 0], [1, y.shape[1]! - 4, y.shape[2]! - 4, 2]);
    for (const taps of [binomial3, binomial4]) {
      const up = upsampleFiltered(ones, taps);
      expect(up.shape).toEqual([1, 16, 16, 2]);
      expect(distance(inner(up), tf.ones([1, 12, 12, 2]))).toBeLessThan(1e-6);
      const down = downsampleFiltered(tf.ones([1, 16, 16, 2]), taps);
      expect(down.shape).toEqual([1, 8, 8, 2]);
      expect(distance(inner(down), tf.ones([1, 4, 4, 2]))).toBeLessThan(1e-6);
    }
  });

  it('halving is the transpose of doubling, but for the gain of 4', () => {
    const [x, y] = [draws([1, 4, 4, 1]), draws([1, 8, 8, 1], 'y')];
    const left = values(tf.sum(tf.mul(upsampleFiltered(x), y)))[0]!;
    const right = values(tf.sum(tf.mul(x, downsampleFiltered(y))))[0]!;
    expect(left).toBeCloseTo(4 * right, 4);
  });

  it.each([
    { up: 1, down: 1, pad: [2, 1] },
    { up: 2, down: 1, pad: [2, 1] },
    { up: 1, down: 2, pad: [1, 1] },
    { up: 1, down: 2, pad: [0, 0] },
    { up: 3, down: 2, pad: [5, 0] },
  ] as const)('has the transpose as its gradient, to any order: $up, $down, $pad', (options) => {
    const x = draws([2, 5, 6, 3]);
    for (const taps of [
      [1, 4, 2, 0.5],
      [1, 4, 2, 0.5, -1],
    ]) {
      const dy = draws(upfirdn(x, taps, options).shape, 'dy');
      const slope = (weights: tf.Tensor): tf.Tensor =>
        tf.grad((z: tf.Tensor) => tf.sum(tf.mul(upfirdn(z, taps, options), weights)))(x);
      // <A x, dy> = <x, A' dy> for every x, and the gradient of that for dy is A x again.
      const left = values(tf.sum(tf.mul(upfirdn(x, taps, options), dy)))[0]!;
      expect(values(tf.sum(tf.mul(x, slope(dy))))[0]).toBeCloseTo(left, 4);
      const again = tf.grad((weights: tf.Tensor) => tf.sum(tf.mul(slope(weights), x)))(dy);
      expect(distance(again, upfirdn(x, taps, options))).toBeLessThan(1e-5);
    }
  });

  it('with a long filter goes over one axis after the other', () => {
    const taps = [1, 4, 2, 0.5, -1];
    const x = draws([1, 7, 8, 1]);
    const plane = tf.tensor4d(
      taps.flatMap((a) => taps.map((b) => (a * b) / 6.5 ** 2)),
      [5, 5, 1, 1],
    );
    for (const down of [1, 2]) {
      const expected = tf.conv2d(x as tf.Tensor4D, plane, down, 'valid');
      expect(distance(upfirdn(x, taps, { down }), expected)).toBeLessThan(1e-5);
    }
  });

  it('doubles as zero insertion, padding and correlation do one after the other', () => {
    const x = tf.tensor4d([1, 2], [1, 1, 2, 1]);
    expect(values(upfirdn(x, [1, 1], { up: 2, gain: 4, pad: [1, 0] }))).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
  });
});

describe('a convolution that resamples', () => {
  it('up is the convolution of the map with zeros between, then the filter', () => {
    const x = image();
    for (const side of [1, 3]) {
      const kernel = draws([side, side, 5, 3], 'kernel');
      const y = convolve(x, kernel, { resample: 'up' });
      expect(y.shape).toEqual([2, 8, 12, 5]);
      // The transposed convolution reads its kernel backwards.
      const forwards = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
      const spaced = upfirdn(x, [1], { up: 2, pad: [side - 1, Math.max(side - 2, 0)] });
      const convolved = tf.conv2d(spaced as tf.Tensor4D, forwards, 1, 'valid');
      const rest = 8 - (convolved.shape[1]! - 3);
      const expected = upfirdn(convolved, binomial4, {
        gain: 4,
        pad: side === 1 ? [2, 1] : [1, rest - 1],
      });
      expect(distance(y, expected)).toBeLessThan(1e-4);
    }
  });

  it('down is the filter and a convolution of stride 2', () => {
    const x = image();
    const kernel = draws([3, 3, 3, 5], 'kernel') as tf.Tensor4D;
    const smooth = upfirdn(x, binomial4, { pad: [2, 2] }) as tf.Tensor4D;
    const all = tf.conv2d(smooth, kernel, 1, 'valid');
    const picked = tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, 2, 2, 1]);
    expect(distance(convolve(x, kernel, { resample: 'down' }), picked)).toBeLessThan(1e-4);
  });
});
