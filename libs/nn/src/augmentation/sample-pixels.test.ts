import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance, draws, values } from '../testing/layers.ts';
import { composed, rotation, scaling, translation } from './geometry.ts';
import { sampleFiltered, sampleNearest } from './sample-pixels.ts';

beforeAll(() => startEngine({}));

const one = (value: number): tf.Tensor => tf.tensor1d([value]);
const image = (): tf.Tensor => draws([1, 6, 6, 2]);
const inner = (x: tf.Tensor, border: number): tf.Tensor =>
  tf.slice(x, [0, border, border, 0], [1, x.shape[1]! - 2 * border, x.shape[2]! - 2 * border, x.shape[3]!]);

describe('whole pixels', () => {
  it('are flipped and turned as they are', () => {
    expect(distance(sampleNearest(image(), scaling(one(-1), one(1))), tf.reverse(image(), 2))).toBe(0);
    // What is read a quarter turn ahead, from x towards y, comes to stand a quarter turn back.
    const turned = tf.reverse(tf.transpose(image(), [0, 2, 1, 3]), 1);
    expect(distance(sampleNearest(image(), rotation(one(0), one(1))), turned)).toBe(0);
  });

  it('are mirrored at the outermost ones beyond the border', () => {
    const row = tf.tensor4d([0, 1, 2, 3], [1, 1, 4, 1]);
    const moved = (by: number): number[] => values(sampleNearest(row, translation(one(by), one(0))));
    expect(moved(-2)).toEqual([2, 1, 0, 1]);
    expect(moved(3)).toEqual([3, 2, 1, 0]);
    expect(moved(7)).toEqual([1, 2, 3, 2]);
  });
});

describe('filtered', () => {
  const large = (): tf.Tensor => draws([1, 24, 24, 2]);

  it('images are themselves, and moved by whole pixels, away from the border', () => {
    const still = sampleFiltered(large(), translation(one(0), one(0)));
    expect(distance(inner(still, 3), inner(large(), 3))).toBeLessThan(1e-5);
    const moved = sampleFiltered(large(), translation(one(2), one(-1)));
    const expected = sampleNearest(large(), translation(one(2), one(-1)));
    expect(distance(inner(moved, 5), inner(expected, 5))).toBeLessThan(1e-5);
  });

  it('a wave is the wave at the positions of the map', () => {
    const side = 32;
    const at = tf.sub(tf.range(0, side), (side - 1) / 2);
    const [x, y] = [tf.reshape(at, [1, side]), tf.reshape(at, [side, 1])];
    const wave = (u: tf.Tensor, v: tf.Tensor): tf.Tensor =>
      tf.reshape(tf.cos(tf.add(tf.mul(u, 0.4), tf.mul(v, 0.25))), [1, side, side, 1]);
    const [angle, scale] = [0.3, 1.2];
    const turned = sampleFiltered(
      wave(x, y),
      composed(rotation(one(Math.cos(angle)), one(Math.sin(angle))), scaling(scale, scale)),
    );
    const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    const expected = wave(tf.sub(tf.mul(x, c), tf.mul(y, s)), tf.add(tf.mul(x, s), tf.mul(y, c)));
    // The filter is not quite symmetric: what it doubles lies 0.2 pixels aside, and is turned with the rest.
    expect(distance(inner(turned, 9), inner(expected, 9))).toBeLessThan(0.06);
  });
});
