/** `kiln sample`: images from the newest valid checkpoint of a run, as a PNG grid or a .npy array. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newestValid, readCheckpoint, type NamedTensor } from '@kiln/checkpoints';
import { describeDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import type { Game } from '@kiln/recipes';
import { encodeNpy, encodePng, imageGrid } from '@kiln/summaries';
import { classesFor, SampleDrawer, sampledFrom, type SampleVariables } from '@kiln/training';
import * as tf from '@tensorflow/tfjs-core';
import { gridOptions } from './grid-options.ts';
import { fromNamed } from './named-tensors.ts';
import { buildGame, findRecipe } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { WorkerError } from './worker-error.ts';

export interface SampleOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  readonly seeds: readonly number[];
  readonly class?: number;
  /** Largest number in z, or psi: what the recipe's sampler says. */
  readonly truncation?: number;
  /** Layers that psi reaches. */
  readonly cutoff?: number;
  /** Batches of samples from which batch statistics are estimated anew; 0: the running ones. */
  readonly standing?: number;
  /** Ends in .png or .npy. */
  readonly out: string;
}

export interface SampleResult {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
  readonly shape: readonly number[];
}

export async function sample(options: SampleOptions): Promise<SampleResult> {
  const { config, out, seeds } = options;
  if (!out.endsWith('.png') && !out.endsWith('.npy'))
    throw new WorkerError('usage', `--out must end in .png or .npy, got "${out}"`);
  const data = await describeDataset(config.data);
  const game = buildGame(findRecipe(config.recipe), config.settings, data);
  const { numClasses } = game.sampler;
  if (options.class !== undefined) {
    if (numClasses === 0)
      throw new WorkerError(
        'usage',
        `recipe ${config.recipe} knows no classes; leave --class out, or train a conditional recipe such as digits-cgan`,
      );
    if (options.class < 0 || options.class >= numClasses)
      throw new WorkerError('usage', `--class must be 0 to ${numClasses - 1}, got ${options.class}`);
  }
  checkTruncation(options, game);
  const root = join(options.runFolder, 'checkpoints');
  const newest = await newestValid(root, ({ path, problems }) =>
    process.stderr.write(`passed over ${path}: ${problems.join('; ')}\n`),
  );
  if (newest === null)
    throw new WorkerError(
      'checkpoint',
      `${root} holds no valid checkpoint; train first, or see kiln checkpoint list ${options.runFolder}`,
    );
  startEngine({ device: config.device as 'cpu' });
  const { manifest, tensors } = await readCheckpoint(newest.path);
  const { cursor: seen } = manifest.meta as { cursor: number };
  const drawer = new SampleDrawer(game, config.batch);
  const stored = storedVariables(game, tensors);
  const standing = options.standing ?? 0;
  const variables =
    standing === 0 ? stored : await drawer.standingStatistics(stored, { numBatches: standing, images: seen });
  const { images, shape } = await drawer.draw(variables, {
    seeds,
    classes: classesFor(game.sampler, seeds.length, options.class),
    images: seen,
    ...(options.truncation === undefined ? {} : { truncation: options.truncation }),
    ...(options.cutoff === undefined ? {} : { cutoff: options.cutoff }),
  });
  await writeFile(
    out,
    out.endsWith('.npy')
      ? encodeNpy(images, shape)
      : encodePng(
          imageGrid({ data: images, shape }, gridOptions(Math.ceil(Math.sqrt(seeds.length)), shape[1])),
        ),
  );
  return { out, count: seeds.length, checkpoint: newest.path, shape };
}

/** What the sampler needs of a checkpoint's tensors. */
function storedVariables(game: Game, tensors: ReadonlyMap<string, NamedTensor>): SampleVariables {
  const under = (prefix: string): Record<string, tf.Tensor> => {
    const found: Record<string, tf.Tensor> = {};
    for (const [name, stored] of tensors) {
      if (!name.startsWith(prefix)) continue;
      const { shape, data } = fromNamed(stored);
      found[name.slice(prefix.length)] = tf.tensor(data, [...shape]);
    }
    return found;
  };
  const networks = Object.entries(sampledFrom(game)).map(([name, where]) => [
    name,
    { params: under(`${where}/${name}/params/`), stats: under(`${where}/${name}/stats/`) },
  ]);
  return {
    networks: Object.fromEntries(networks) as SampleVariables['networks'],
    declared: under('declared/'),
  };
}

function checkTruncation({ config, truncation, cutoff }: SampleOptions, { sampler }: Game): void {
  if (truncation !== undefined && sampler.truncation === undefined)
    throw new WorkerError(
      'usage',
      `recipe ${config.recipe} knows no truncation; leave --truncation out${sampler.latent.distribution === 'normal' ? '' : ': its z is not normal'}`,
    );
  if (cutoff !== undefined && sampler.truncation !== 'style')
    throw new WorkerError(
      'usage',
      `--truncation-cutoff is for recipes that truncate in style space, and ${config.recipe} does not; leave it out`,
    );
}
