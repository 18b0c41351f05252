/** `kiln sample`: images from the newest valid checkpoint of a run, as a PNG grid or a .npy array. */
import { writeFile } from 'node:fs/promises';
import { describeDataset } from '@kiln/datasets';
import { encodeNpy, encodePng, imageGrid } from '@kiln/summaries';
import { classesFor } from '@kiln/training';
import { gridOptions } from './grid-options.ts';
import { buildGame, findRecipe } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';
import { WorkerError } from './worker-error.ts';

export interface SampleOptions extends DrawOptions {
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
  const {
    drawer,
    variables,
    images: seen,
    checkpoint,
  } = await openTrained(options.runFolder, config, game, options);
  const { images, shape } = await drawer.draw(variables, {
    seeds,
    classes: classesFor(game.sampler, seeds.length, options.class),
    images: seen,
    ...truncationOf(options),
  });
  await writeFile(
    out,
    out.endsWith('.npy')
      ? encodeNpy(images, shape)
      : encodePng(
          imageGrid({ data: images, shape }, gridOptions(Math.ceil(Math.sqrt(seeds.length)), shape[1])),
        ),
  );
  return { out, count: seeds.length, checkpoint, shape };
}
