import { random, startEngine } from '@kiln/engine';
import { apply, initialize } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters, parameterShapes } from '../testing/count-parameters.ts';
import { wganGpDefaults, type WganGpConfig } from './config.ts';
import { wganGpCritic } from './critic.ts';
import { wganGpGenerator } from './generator.ts';

beforeAll(() => startEngine({}));

const config = (changes: Partial<WganGpConfig> & { resolution: number }): WganGpConfig => ({
  ...wganGpDefaults,
  ...changes,
});
const conv = (size: number, from: number, to: number): number => size * size * from * to;

describe('the number of parameters', () => {
  it('at 32x32 is that of torch-mimicry 0.1.16, whose G is twice as wide as the paper', () => {
    const of = config({ resolution: 32 });
    expect(countParameters(wganGpCritic(of))).toBe(1_053_825);
    expect(countParameters(wganGpGenerator({ ...of, width: 128 }))).toBe(4_276_739);
  });

  it("at 64x64 is what the authors' code adds up to", () => {
    const of = config({ resolution: 64 });
    // Shortcut; two 3x3 kernels, the second with a bias; two norms of two numbers a map.
    const upwards = ([from, to]: number[]): number =>
      conv(1, from!, to!) + to! + conv(3, from!, to!) + conv(3, to!, to!) + to! + 2 * from! + 2 * to!;
    const down = ([from, to]: number[]): number =>
      conv(1, from!, to!) + to! + conv(3, from!, from!) + conv(3, from!, to!) + to! + 4 * from!;
    const sum = (rows: number[][], of: (row: number[]) => number): number =>
      rows.reduce((total, row) => total + of(row), 0);
    const G =
      129 * 16 * 512 +
      sum(
        [
          [512, 512],
          [512, 256],
          [256, 128],
          [128, 64],
        ],
        upwards,
      ) +
      2 * 64 +
      conv(3, 64, 3) +
      3;
    expect(countParameters(wganGpGenerator(of))).toBe(G);
    const D =
      conv(3, 3, 64) +
      64 +
      sum(
        [
          [64, 128],
          [128, 256],
          [256, 512],
          [512, 512],
        ],
        down,
      ) +
      16 * 512 +
      1;
    expect(countParameters(wganGpCritic(of))).toBe(D);
  });
});

it('the critic has no batch statistics, so that its gradients are those of each sample', () => {
  for (const resolution of [8, 64]) {
    const critic = wganGpCritic(config({ resolution, width: 2 }));
    const weights = initialize(critic, random.key(1, 'D'));
    expect(weights.stats).toEqual({});
    const images = random.normal([3, resolution, resolution, 3], random.key(2, 'x')) as tf.Tensor4D;
    const judge = (x: tf.Tensor) =>
      apply(critic, weights, [x], { training: true, batchStatistics: 'local' }).output.dataSync();
    const [first, , third] = judge(images);
    const [alone] = judge(tf.slice(images, [2, 0, 0, 0], [1, -1, -1, -1]));
    expect(alone).toBeCloseTo(third!, 4);
    expect(first).not.toBeCloseTo(third!, 4);
  }
});

it('at 64x64 layer norms stand where the batch norms of G do', () => {
  const paths = [...parameterShapes(wganGpCritic(config({ resolution: 64, width: 2 }))).keys()];
  expect(paths.filter((path) => path.endsWith('gain'))).toHaveLength(8);
  expect(paths).not.toContain('block1.conv1.bias');
  const below = [...parameterShapes(wganGpCritic(config({ resolution: 32, width: 2 }))).keys()];
  expect(below.some((path) => path.includes('norm'))).toBe(false);
});
