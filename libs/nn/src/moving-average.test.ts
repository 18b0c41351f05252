import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { averageDecay, updateAverage } from './moving-average.ts';

beforeAll(() => startEngine({}));

it('an average moves by its share to what it follows, with the bits of separate ops', () => {
  const draws = (stream: string): tf.Tensor => random.normal([5, 7, 3], random.key(1, stream));
  const [old, now, decay] = [draws('old'), draws('now'), tf.scalar(0.999)];
  const { params, stats } = updateAverage(
    { params: { w: old }, stats: { mean: now } },
    { params: { w: now }, stats: { mean: now } },
    decay,
  );
  const expected = tf.add(now, tf.mul(tf.sub(old, now), decay));
  expect(params['w']!.dataSync()).toEqual(expected.dataSync());
  expect(stats['mean']!.dataSync()).toEqual(now.dataSync());
});

describe('decay of a moving average', () => {
  it('halves an old weight after the half-life', () => {
    const decay = averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 1e9);
    expect(decay ** (10_000 / 50)).toBeCloseTo(0.5, 9);
  });

  it('ramps up with the images seen: 2,000 images give a half-life of 100', () => {
    expect(averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 2000)).toBeCloseTo(0.5 ** 0.5, 9);
  });

  it('copies at the start, and always with a half-life of 0', () => {
    expect(averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 0)).toBe(0);
    expect(averageDecay({ halfLifeKimg: 0, ramp: 0.05 }, 50, 1e6)).toBe(0);
  });
});
