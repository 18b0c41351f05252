import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { values } from '../testing/layers.ts';
import { recoloured, recolouredGrey } from './colour.ts';

beforeAll(() => startEngine({}));

const close = (expected: number[]): unknown[] => expected.map((value) => expect.closeTo(value, 5));
const colour = [0.3, -0.2, 0.8];
const mean = 0.3;
const still = { brightness: 0, contrast: 1, luma: 1, hue: 0, saturation: 1 };
const changeOf = (asked: Partial<typeof still>) => {
  const entries = Object.entries({ ...still, ...asked }).map(([name, value]) => [name, tf.tensor1d([value])]);
  return Object.fromEntries(entries) as Parameters<typeof recoloured>[1];
};
const became = (asked: Partial<typeof still>): number[] =>
  values(recoloured(tf.tensor4d(colour, [1, 1, 1, 3]), changeOf(asked)));
const greyBecame = (value: number, asked: Partial<typeof still>): number =>
  values(recolouredGrey(tf.tensor4d([value], [1, 1, 1, 1]), changeOf(asked)))[0]!;

describe('colours', () => {
  it('are brightened, and then stretched about mid-grey', () => {
    expect(became({ brightness: 0.25 })).toEqual(close(colour.map((v) => v + 0.25)));
    expect(became({ contrast: 1.5, brightness: 0.1 })).toEqual(close(colour.map((v) => (v + 0.1) * 1.5)));
  });

  it('keep their distance from grey when light and dark are exchanged', () => {
    expect(became({ luma: -1 })).toEqual(close(colour.map((v) => v - 2 * mean)));
  });

  it('move from red to green to blue by a third of a turn', () => {
    expect(became({ hue: (2 * Math.PI) / 3 })).toEqual(close([colour[2]!, colour[0]!, colour[1]!]));
    expect(became({ hue: 2 * Math.PI })).toEqual(close(colour));
  });

  it('are grey of the same brightness without saturation', () => {
    expect(became({ saturation: 0 })).toEqual(close([mean, mean, mean]));
    expect(became({ saturation: 2 })).toEqual(close(colour.map((v) => mean + 2 * (v - mean))));
  });

  it('of grey images take part in what concerns grey, as the same grey of three colours does', () => {
    expect(greyBecame(0.4, { luma: -1 })).toBeCloseTo(-0.4, 6);
    const asked = { luma: -1, contrast: 2, brightness: 0.1 };
    expect(greyBecame(0.4, asked)).toBeCloseTo(-1, 6);
    expect(values(recoloured(tf.fill([1, 1, 1, 3], 0.4), changeOf(asked)))).toEqual(close([-1, -1, -1]));
  });
});
