import { startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  augmentationReport,
  augmentationRule,
  augmentationState,
  augmentedForD,
  type AdaptiveAugmentation,
} from './adaptive-augmentation.ts';
import type { Circumstances, Play } from './play.ts';

beforeAll(() => startEngine({}));

const ada: AdaptiveAugmentation = { augmentations: 'bgc', target: 0.6, kimg: 500, start: 0 };
const playWith = (values: Readonly<Record<string, number>>) =>
  ({ state: (name: string) => tf.scalar(values[name]!) }) as unknown as Play;
const numberOf = (x: tf.Tensor): number => x.dataSync()[0]!;

describe('adaptive augmentation', () => {
  const moved = (augmentP: number, augmentExcess: number): number[] => {
    const play = { ...playWith({ augmentP, augmentExcess }), imagesPerStep: 64 } as Circumstances & {
      imagesPerStep: number;
    };
    const next = augmentationRule(ada).rule(play);
    return [numberOf(next['augmentP']!), numberOf(next['augmentExcess']!)];
  };

  it('moves p every four batches by so many images over 500 thousand, by the sign of r - target', () => {
    expect(augmentationRule(ada).every).toBe(4);
    const step = (4 * 64) / 500_000;
    expect(moved(0.3, 0.01)).toEqual([expect.closeTo(0.3 + step, 6), 0]);
    expect(moved(0.3, -2)).toEqual([expect.closeTo(0.3 - step, 6), 0]);
  });

  it('keeps p from 0 to 1', () => {
    expect(moved(0, -1)).toEqual([0, 0]);
    expect(moved(1, 1)).toEqual([1, 0]);
  });

  it('adds up how much r, the mean sign of D of real images, exceeds the target', () => {
    const logits = tf.tensor2d([3, 0.1, -2, 5], [4, 1]);
    const { state, metrics } = augmentationReport(playWith({ augmentP: 0.2, augmentExcess: 1 }), logits, ada);
    expect(numberOf(state['augmentExcess']!)).toBeCloseTo(1 + 0.5 - 0.6, 6);
    expect(numberOf(metrics['augment/r']!)).toBeCloseTo(0.5, 6);
    expect(numberOf(metrics['augment/p']!)).toBeCloseTo(0.2, 6);
  });

  it('left out costs nothing', () => {
    const none = { ...ada, augmentations: 'none' } as const;
    const images = tf.ones([2, 4, 4, 1]);
    expect(augmentedForD(playWith({}), images, 'real', none)).toBe(images);
    expect(augmentationState(none)).toEqual({});
    expect(augmentationReport(playWith({}), tf.ones([2, 1]), none)).toEqual({ state: {}, metrics: {} });
  });
});
