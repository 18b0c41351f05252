/** `kiln sample`: images from the newest valid checkpoint of a run, as a PNG grid or a .npy array. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newestValid, readCheckpoint } from '@kiln/checkpoints';
import { describeDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { encodeNpy, encodePng, imageGrid } from '@kiln/summaries';
import { classesFor, SampleDrawer } from '@kiln/training';
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
  const { tensors } = await readCheckpoint(newest.path);
  const prefix = `averages/${game.sampler.network}/`;
  const variables: { params: Record<string, tf.Tensor>; stats: Record<string, tf.Tensor> } = {
    params: {},
    stats: {},
  };
  for (const [name, stored] of tensors) {
    if (!name.startsWith(prefix)) continue;
    const { shape, data: values } = fromNamed(stored);
    const path = name.slice(prefix.length);
    const [kind] = path.split('/', 1) as ['params' | 'stats'];
    variables[kind][path.slice(kind.length + 1)] = tf.tensor(values, [...shape]);
  }
  const drawer = new SampleDrawer(game);
  const { images, shape } = await drawer.draw(
    variables,
    seeds,
    classesFor(game.sampler, seeds.length, options.class),
  );
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
