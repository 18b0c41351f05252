import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { testPixels } from '../../testing/png-encoder.ts';
import { type Augmentation, augmentationOf, type DrawName } from './augmentation.ts';
import { jitterColours } from './colour.ts';

const { data } = testPixels(6, 5, 3, 2);
const pixels = [...data].map((byte) => byte / 255);

async function jittered(strength: Partial<Augmentation>, draws: Partial<Record<DrawName, number>>) {
  const scalars = Object.fromEntries(Object.entries(draws).map(([name, draw]) => [name, tf.scalar(draw)]));
  const image = tf.tensor3d([...data], [5, 6, 3]);
  const out = tf.tidy(() => jitterColours(image, { ...augmentationOf({}), ...strength }, scalars));
  return [...(await out.data())].map((value) => value / 255);
}

/** The largest difference between two images. */
function worst(got: readonly number[], expected: readonly number[]): number {
  expect(got).toHaveLength(expected.length);
  return got.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))), 0);
}

const cut = (value: number) => Math.min(1, Math.max(0, value));

/** The colour with this hue, saturation and value changed; from the definition of HSV. */
function throughHsv(rgb: number[], change: (h: number, s: number) => [number, number]): number[] {
  const [r, g, b] = rgb as [number, number, number];
  const [most, least] = [Math.max(...rgb), Math.min(...rgb)];
  const range = most - least;
  const sector =
    range === 0 ? 0 : most === r ? (g - b) / range : most === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  const [hue, saturation] = change(sector / 6, most === 0 ? 0 : range / most);
  const at = (n: number) => {
    const k = (((n + hue * 6) % 6) + 6) % 6;
    return most - most * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [at(5), at(3), at(1)];
}

const perPixel = (change: (rgb: number[]) => number[]) =>
  Array.from({ length: pixels.length / 3 }, (_, i) => change(pixels.slice(3 * i, 3 * i + 3))).flat();

describe('colour augmentation', () => {
  beforeAll(() => startEngine());

  it('leaves an image as it is where nothing is asked for', () => {
    const image = tf.zeros([2, 2, 3]);
    expect(jitterColours(image, augmentationOf({}), {})).toBe(image);
  });

  it('adds brightness and cuts at black and white', async () => {
    expect(
      worst(
        await jittered({ brightness: 0.4 }, { brightness: 0.75 }),
        pixels.map((value) => cut(value + 0.2)),
      ),
    ).toBeLessThan(1e-5);
  });

  it('scales the distance to the mean of each channel', async () => {
    const means = [0, 1, 2].map(
      (c) => pixels.filter((_, i) => i % 3 === c).reduce((sum, value) => sum + value, 0) / 30,
    );
    expect(
      worst(
        await jittered({ contrast: 0.5 }, { contrast: 0 }),
        pixels.map((value, i) => (value + (means[i % 3] as number)) / 2),
      ),
    ).toBeLessThan(1e-5);
  });

  it('scales saturation', async () => {
    expect(
      worst(
        await jittered({ saturation: 0.6 }, { saturation: 1 }),
        perPixel((rgb) => throughHsv(rgb, (h, s) => [h, cut(s * 1.6)])),
      ),
    ).toBeLessThan(1e-5);
  });

  it('turns the hue', async () => {
    expect(
      worst(
        await jittered({ hue: 0.5 }, { hue: 0.7 }),
        perPixel((rgb) => throughHsv(rgb, (h, s) => [h + 0.2, s])),
      ),
    ).toBeLessThan(1e-5);
  });
});
