import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Play } from '../play.ts';
import { drawStyles, styleState } from './styles.ts';

beforeAll(() => startEngine({}));

const batch = 512;
/** A play whose mapping network doubles z, and whose average w is 1. */
const play = {
  normal: (stream: string, shape: number[]) => random.normal([batch, ...shape], random.key(1, stream)),
  uniform: (stream: string, shape: number[], low: number, high: number) =>
    random.uniform([batch, ...shape], random.key(1, stream), low, high),
  apply: (_: string, z: tf.Tensor) => tf.mul(z, 2),
  state: () => tf.ones([3]),
} as unknown as Play;

const drawn = (mixing: number, numLayers = 4) => drawStyles(play, { latent: 3, numLayers, mixing });

it('mixes the asked share of samples, with every layer as often as any other', () => {
  const styles = drawn(0.9).styles.arraySync() as number[][][];
  const firsts = styles.map((layers) => layers.filter(([v]) => v === layers[0]![0]).length);
  const [unmixed, ...counts] = [4, 1, 2, 3].map(
    (length) => firsts.filter((count) => count === length).length,
  );
  // Standard deviations are 7 and 10.
  expect(Math.abs(unmixed! - 0.1 * batch)).toBeLessThan(28);
  for (const count of counts) expect(Math.abs(count - 0.3 * batch)).toBeLessThan(40);
});

it('without mixing gives all layers of a sample one w', () => {
  for (const layers of drawn(0).styles.arraySync() as number[][][]) expect(layers[3]).toEqual(layers[0]);
});

it('moves the average w by 0.005 towards the mean of the batch', () => {
  expect(styleState(3)).toEqual({ wAverage: { shape: [3], init: 0, combine: 'mean' } });
  const mean = tf.mean(tf.mul(play.normal('z', [3]), 2), 0).arraySync() as number[];
  const moved = drawn(0.9).state.wAverage.arraySync() as number[];
  moved.forEach((value, i) => expect(value).toBeCloseTo(1 + 0.005 * (mean[i]! - 1), 6));
});
