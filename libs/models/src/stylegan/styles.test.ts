import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mixStyles, replaceStyles, styleForLayers, truncateStyles } from './styles.ts';

beforeAll(() => startEngine({}));

const drawn = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(1, stream));
const nested = (x: tf.Tensor): number[][][] => x.arraySync() as number[][][];

describe('style mixing', () => {
  it('gives a sample its second w from its crossover on', () => {
    const [first, second] = [drawn([3, 2], 'first'), drawn([3, 2], 'second')];
    const mixed = nested(mixStyles(first, second, tf.tensor1d([4, 1, 3]), 4));
    const [a, b] = [first.arraySync(), second.arraySync()] as number[][][];
    expect(mixed[0]).toEqual([a![0], a![0], a![0], a![0]]);
    expect(mixed[1]).toEqual([a![1], b![1], b![1], b![1]]);
    expect(mixed[2]).toEqual([a![2], a![2], a![2], b![2]]);
  });
});

it('replaces the w of the layers named and of no other', () => {
  const [first, second] = [drawn([2, 3], 'first'), drawn([2, 3], 'second')];
  const replaced = nested(replaceStyles(styleForLayers(first, 4), second, { from: 1, to: 3 }));
  const [a, b] = [first.arraySync(), second.arraySync()] as number[][][];
  replaced.forEach((layers, n) => expect(layers).toEqual([a![n], b![n], b![n], a![n]]));
});

describe('truncation in W', () => {
  const styles = (): tf.Tensor => styleForLayers(drawn([3, 5], 'w'), 4);
  const mean = (): tf.Tensor => drawn([5], 'mean');
  const truncated = (psi: number, cutoff: number): number[][][] =>
    nested(truncateStyles(styles(), mean(), tf.scalar(psi), cutoff));

  it('at psi 1 changes no bit', () => {
    expect(truncated(1, 4)).toEqual(nested(styles()));
  });

  it('at psi 0 makes the styles of all z the mean', () => {
    const average = mean().arraySync() as number[];
    for (const layer of truncated(0, 4).flat())
      layer.forEach((value, i) => expect(value).toBeCloseTo(average[i]!, 6));
  });

  it('moves the layers before the cut-off and leaves the others', () => {
    const [before, average] = [nested(styles()), mean().arraySync() as number[]];
    truncated(0.7, 2).forEach((sample, n) => {
      expect(sample.slice(2)).toEqual(before[n]!.slice(2));
      for (const layer of sample.slice(0, 2))
        layer.forEach((value, i) =>
          expect(value).toBeCloseTo(average[i]! + 0.7 * (before[n]![0]![i]! - average[i]!), 5),
        );
    });
  });
});
