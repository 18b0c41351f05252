import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance, draws, values } from '../testing/layers.ts';
import { augmentationDraws, augmented, type AugmentationDraws, type Augmentations } from './augment.ts';

beforeAll(() => startEngine({}));

const batch = 64;
const all: Augmentations = { pixels: true, geometry: true, colours: true };
const drawn = (): AugmentationDraws => ({
  uniform: random.uniform([batch, augmentationDraws.uniform], random.key(4, 'uniform')),
  normal: random.normal([batch, augmentationDraws.normal], random.key(4, 'normal')),
});
const images = (channels = 3, side = 8): tf.Tensor => draws([batch, side, side, channels]);
const seen = (x: tf.Tensor, p: number, groups = all): tf.Tensor =>
  augmented(x, tf.scalar(p), drawn(), groups);
/** Share of images in which anything changed. */
const changed = (x: tf.Tensor, y: tf.Tensor): number =>
  values(tf.max(tf.abs(tf.sub(x, y)), [1, 2, 3])).filter((difference) => difference > 0).length / batch;

describe('augmentation', () => {
  it.each([1, 3])('at p 0 changes no bit of images with %d channels', (channels) => {
    expect(values(seen(images(channels), 0))).toEqual(values(images(channels)));
  });

  it('changes more images the larger p is, each group by itself', () => {
    for (const group of ['pixels', 'geometry', 'colours'] as const) {
      const groups = { pixels: false, geometry: false, colours: false, [group]: true };
      const shares = [0.05, 0.2, 1].map((p) => changed(images(), seen(images(), p, groups)));
      expect(shares[0]).toBeGreaterThan(0);
      expect(shares[0]).toBeLessThan(0.4);
      expect(shares[1]).toBeGreaterThan(shares[0]!);
      expect(shares[2]).toBeGreaterThan(0.95);
    }
  });

  it('does to an image what its own draws say', () => {
    const { uniform, normal } = drawn();
    const alone = (row: number): tf.Tensor => {
      const own = { uniform: tf.slice(uniform, row, 1), normal: tf.slice(normal, row, 1) };
      return augmented(tf.slice(images(), row, 1), tf.scalar(0.5), own, all);
    };
    const together = seen(images(), 0.5);
    for (const row of [0, 5, 63]) expect(distance(alone(row), tf.slice(together, row, 1))).toBeLessThan(1e-5);
  });

  it('has the transpose of its linear part as gradient, to any order', () => {
    for (const channels of [1, 3]) {
      const [x, dy] = [images(channels), draws([batch, 8, 8, channels], 'dy')];
      const linear = (z: tf.Tensor): tf.Tensor => tf.sub(seen(z, 0.8), seen(tf.zerosLike(x), 0.8));
      const slope = (weights: tf.Tensor): tf.Tensor =>
        tf.grad((z: tf.Tensor) => tf.sum(tf.mul(seen(z, 0.8), weights)))(x);
      const left = values(tf.sum(tf.mul(linear(x), dy)))[0]!;
      expect(values(tf.sum(tf.mul(x, slope(dy))))[0]! / left).toBeCloseTo(1, 4);
      const again = tf.grad((weights: tf.Tensor) => tf.sum(tf.mul(slope(weights), x)))(dy);
      expect(distance(again, linear(x))).toBeLessThan(1e-4);
    }
  });

  it('refuses images that are neither grey nor of three colours', () => {
    expect(() => seen(images(4), 0.5)).toThrow('1 or 3 channels, got 4');
  });
});
