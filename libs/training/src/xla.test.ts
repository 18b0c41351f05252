/** Every recipe's step compiles with XLA, and computes what it computes without. */
import { fileURLToPath } from 'node:url';
import { startEngine } from '@kiln/engine';
import { openDataset } from '@kiln/datasets';
import { recipes, type Recipe } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { NoiseSource } from './noise.ts';
import { relativeDifference } from './testing/compare-reports.ts';
import { Trainer } from './trainer.ts';

/** XLA draws other random numbers than TensorFlow's kernels, so these steps are given some that are no draws. */
vi.mock('./noise.ts', async (original) => ({
  ...(await original<typeof import('./noise.ts')>()),
  noise: ({ rows }: NoiseSource, label: string) => {
    const scrambled = (stream: string, shape: number[]): tf.Tensor => {
      const size = shape.reduce((product, dim) => product * dim, rows.shape[0]!);
      const start = [...`${label}/${stream}`].reduce((sum, c) => sum + c.codePointAt(0)!, 0);
      const counted = tf.add(tf.mul(tf.range(0, size, 1, 'int32'), tf.scalar(7919, 'int32')), start % 1009);
      return tf.reshape(tf.mod(tf.cast(counted, 'int32'), tf.scalar(1009, 'int32')), [
        rows.shape[0]!,
        ...shape,
      ]);
    };
    const unit = (stream: string, shape: number[]) =>
      tf.div(tf.cast(scrambled(stream, shape), 'float32'), 1009);
    return {
      uniform: (stream: string, shape: number[], low: number, high: number) =>
        tf.add(tf.mul(unit(stream, shape), high - low), low),
      normal: (stream: string, shape: number[]) => tf.mul(tf.sub(unit(stream, shape), 0.5), 3.4),
      labels: (stream: string, numClasses: number) =>
        tf.mod(scrambled(stream, []), tf.scalar(numClasses, 'int32')),
    };
  },
}));

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));
beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

/** Sizes at which XLA is quick; the ops are the same. Each recipe takes those that it has. */
const small = { width: 4, latent: 8, embedding: 4, featureBase: 32, featureMax: 8 };

/**
 * Those that bring small images with them. The others are the same networks, or blocks and losses, in other sizes; XLA takes
 * minutes over StyleGAN2's gradients of gradients, whose layers and augmentations a test of nn compiles one by one.
 */
const covered = new Set([
  'smoke',
  'biggan-shapes32',
  'sagan-shapes32',
  'sngan-digits',
  'wgan-gp-digits',
  'stylegan2-digits',
]);
const names = Object.entries(recipes as Record<string, Recipe>)
  .filter(([name, { data }]) => data !== undefined && !covered.has(name))
  .map(([name]) => name);

/** Metrics, and the gradients of the first step by phase and path. */
async function firstStep(recipe: Recipe, xla: boolean) {
  const dataset = await openDataset(recipe.data!(dataFolder));
  const settings = recipe.settings.parse(
    Object.fromEntries(Object.entries(small).filter(([key]) => key in recipe.settings.shape)),
  );
  const game = recipe.build(settings, dataset);
  const trainer = await Trainer.create({
    game,
    dataset,
    seed: 3,
    batch: 8,
    rank: 0,
    xla,
    reportGradients: true,
  });
  const { metrics } = await trainer.next();
  const gradients: Record<string, number[]> = {};
  for (const [phase, named] of Object.entries(trainer.lastGradients!))
    for (const [path, tensor] of Object.entries(named))
      gradients[`${phase}/${path}`] = [...(await tensor.data())];
  await trainer.close();
  dataset.dispose();
  return { metrics, gradients };
}

function byPhase(gradients: Readonly<Record<string, number[]>>): Map<string, number[]> {
  const phases = Map.groupBy(Object.entries(gradients), ([path]) => path.split('/')[0]!);
  return new Map([...phases].map(([phase, named]) => [phase, named.flatMap(([, values]) => values)]));
}

describe('a step compiled with XLA', () => {
  it.each(names)(
    'of %s gives the losses and gradients of the plain one',
    async (name) => {
      const recipe = (recipes as Record<string, Recipe>)[name]!;
      const [plain, compiled] = [await firstStep(recipe, false), await firstStep(recipe, true)];
      for (const [metric, value] of Object.entries(plain.metrics))
        expect(compiled.metrics[metric]).toBeCloseTo(value, 4);
      expect(Object.keys(compiled.gradients)).toEqual(Object.keys(plain.gradients));
      // All of a phase together: what a batch normalisation follows has gradients that are nothing but rounding.
      const [first, ...later] = [...byPhase(plain.gradients)].map(([phase, values]) =>
        relativeDifference(values, byPhase(compiled.gradients).get(phase)!),
      );
      expect(first).toBeLessThan(1e-4);
      // A later phase sees what Adam made of the first one's rounding.
      for (const difference of later) expect(difference).toBeLessThan(0.02);
    },
    240_000,
  );
});
