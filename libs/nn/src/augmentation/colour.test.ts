import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { values } from '../testing/layers.ts';
import { brightening, contrasting, hueTurn, lumaFlip, recoloured, saturating } from './colour.ts';

beforeAll(() => startEngine({}));

const one = (value: number): tf.Tensor => tf.tensor1d([value]);
const close = (expected: number[]): unknown[] => expected.map((value) => expect.closeTo(value, 5));
const colour = [0.3, -0.2, 0.8];
const mean = 0.3;
const became = (matrix: tf.Tensor, of: number[] = colour): number[] =>
  values(recoloured(tf.tensor4d(of, [1, 1, 1, of.length]), matrix));

describe('colours', () => {
  it('are brightened and stretched about mid-grey', () => {
    expect(became(brightening(one(0.25)))).toEqual(close(colour.map((v) => v + 0.25)));
    expect(became(contrasting(one(1.5)))).toEqual(close(colour.map((v) => v * 1.5)));
  });

  it('keep their distance from grey when light and dark are exchanged', () => {
    expect(became(lumaFlip(one(-1)))).toEqual(close(colour.map((v) => v - 2 * mean)));
  });

  it('move from red to green to blue by a third of a turn', () => {
    expect(became(hueTurn(one((2 * Math.PI) / 3)))).toEqual(close([colour[2]!, colour[0]!, colour[1]!]));
    expect(became(hueTurn(one(2 * Math.PI)))).toEqual(close(colour));
  });

  it('are grey of the same brightness without saturation', () => {
    expect(became(saturating(one(0)))).toEqual(close([mean, mean, mean]));
    expect(became(saturating(one(2)))).toEqual(close(colour.map((v) => mean + 2 * (v - mean))));
  });

  it('of grey images take part in what concerns grey', () => {
    expect(became(lumaFlip(one(-1)), [0.4])).toEqual(close([-0.4]));
    expect(became(tf.matMul(contrasting(one(2)), brightening(one(0.1))), [0.4])).toEqual(close([1]));
    expect(became(hueTurn(one(1)), [0.4])).toEqual(close([0.4]));
  });
});
