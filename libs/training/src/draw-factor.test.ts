import { fileURLToPath } from 'node:url';
import { openDataset, DIGITS_TRAIN, digitsSpec, type Dataset } from '@kiln/datasets';
import { random, startEngine } from '@kiln/engine';
import { adam, dense, type Network } from '@kiln/nn';
import { recipes, type Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noise, rowsOfDraws } from './noise.ts';
import { firstMoves, type FirstMoves } from './testing/first-moves.ts';
import { stirredStart } from './testing/stirred-start.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));
const seed = 3;
let dataset: Dataset;

beforeAll(async () => {
  startEngine({ intraOpThreads: 1, interOpThreads: 2 });
  dataset = await openDataset({ ...digitsSpec(dataFolder), range: DIGITS_TRAIN });
});
afterAll(() => dataset.dispose());

const movesOf = async (game: Game, batch: number, accumulate = 1): Promise<FirstMoves> =>
  firstMoves({ game, dataset, seed, batch, accumulate, start: await stirredStart(game, seed) });

const rowsUpTo = (end: number): tf.Tensor => tf.range(0, end, 1, 'int32');

it('workers that share a batch draw each their part of what one worker draws', async () => {
  const labelsOf = (rows: number[]) =>
    noise(
      {
        key: random.key(4, 'draws'),
        rows: rowsOfDraws(tf.tensor1d(rows, 'int32'), 3),
        globalBatch: 12,
      },
      'move',
    ).labels('y', 1000);
  const whole = await labelsOf([0, 1, 2, 3]).data();
  expect(new Set(whole).size).toBeGreaterThan(6);
  expect([...(await labelsOf([0, 1]).data()), ...(await labelsOf([2, 3]).data())]).toEqual([...whole]);
});

it.each([1, 2])('a gradient in %d pieces is the mean of those of two draws of the batch', async (pieces) => {
  const [batch, latent] = [8, 5];
  const G: Network = {
    inputs: [{ shape: [latent], dtype: 'float32' }],
    forward: (scope, z) => dense(scope, z!, 1),
  };
  const game: Game = {
    networks: { G },
    players: {
      G: {
        owns: ['G'],
        optimizer: adam(),
        learningRate: () => 0,
        loss: (play) => ({ loss: tf.mean(play.apply('G', play.normal('z', [latent]))) as tf.Scalar }),
      },
    },
    phases: [{ name: 'generator', player: 'G', every: 1, steps: 1, drawFactor: 2 }],
    averages: [],
    sampler: {
      networks: ['G'],
      latent: { size: latent, distribution: 'normal' },
      numClasses: 0,
      images: ({ apply, z }) => apply('G', z),
    },
  };
  const { gradients } = await movesOf(game, batch, pieces);
  // The gradient of a mean of z w is the mean of z.
  const key = random.fold(random.key(seed, 'step'), tf.scalar(0, 'int32'));
  const source = { key, rows: rowsUpTo(2 * batch), globalBatch: 2 * batch };
  const [first, second] = tf.split(noise(source, 'generator').normal('z', [latent]), 2) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const expected = await tf.div(tf.add(tf.mean(first, 0), tf.mean(second, 0)), 2).data();
  const [found] = Object.entries(gradients)
    .find(([path]) => path.endsWith('kernel'))!
    .slice(1);
  expect([...(found as Float32Array)]).toEqual([...expected].map((value) => expect.closeTo(value, 6)));
});

it("is for SNGAN's G, classes included, what a larger batch is, and for its D nothing", async () => {
  const { settings, build } = recipes['sngan-digits'];
  const gameOf = (generatorBatchFactor: number): Game =>
    build(settings.parse({ width: 4, latent: 8, generatorBatchFactor }), dataset);
  const [twice, once, large] = [
    await movesOf(gameOf(2), 8),
    await movesOf(gameOf(1), 8),
    await movesOf(gameOf(1), 16),
  ];
  const of = ({ gradients }: FirstMoves, phase: string): [string, number[]][] =>
    Object.entries(gradients)
      .filter(([path]) => path.startsWith(`step/${phase}/`))
      .map(([path, values]) => [path, [...values]]);
  expect(of(twice, 'generator').length).toBeGreaterThan(10);
  expect(of(twice, 'generator')).toEqual(of(large, 'generator'));
  expect(of(twice, 'generator')).not.toEqual(of(once, 'generator'));
  expect(of(twice, 'discriminator')).toEqual(of(once, 'discriminator'));
});
