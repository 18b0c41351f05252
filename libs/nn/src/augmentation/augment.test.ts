import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance, draws, values } from '../testing/layers.ts';
import { augmented, type AugmentationDraws, type Augmentations } from './augment.ts';

beforeAll(() => startEngine({}));

const batch = 64;
const all: Augmentations = { pixels: true, geometry: true, colours: true };
const drawn: AugmentationDraws = {
  uniform: (name) => random.uniform([batch], random.key(4, name)),
  normal: (name) => random.normal([batch], random.key(4, name)),
};
const images = (channels = 3, side = 8): tf.Tensor => draws([batch, side, side, channels]);
const seen = (x: tf.Tensor, p: number, groups = all, from = drawn): tf.Tensor =>
  augmented(x, tf.scalar(p), from, groups);
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

  it('turns images at all with chance p, of which each of the two turns has its share', () => {
    const p = 0.6;
    const asked: string[] = [];
    const only = (name: string): AugmentationDraws => ({
      uniform: (draw) => {
        asked.push(draw);
        return draw.endsWith('?') && !draw.startsWith(name) ? tf.ones([batch]) : drawn.uniform(draw);
      },
      normal: (draw) => drawn.normal(draw),
    });
    const groups = { pixels: false, geometry: true, colours: false };
    const share = changed(images(), seen(images(), p, groups, only('turn')));
    // Standard deviation 0.06.
    expect(Math.abs(share - p)).toBeLessThan(0.18);
    expect(new Set(asked).size).toBe(asked.length);
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
