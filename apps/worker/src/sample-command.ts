/** `kiln sample`: images from the newest valid checkpoint of a run, as a PNG grid or a .npy array. */
import { writeFile } from 'node:fs/promises';
import { encodeNpy, encodePng, imageGrid } from '@kiln/summaries';
import { classesFor, type Samples } from '@kiln/training';
import { checkClass } from './check-class.ts';
import { gridOptions } from './grid-options.ts';
import { gameOf } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { showImage } from './show-image.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';
import { WorkerError } from './worker-error.ts';

export interface SampleOptions extends Omit<DrawOptions, 'truncation'> {
  readonly runFolder: string;
  readonly config: RunConfig;
  readonly seeds: readonly number[];
  /** Of several, each draws all seeds: a row of the grid. */
  readonly truncations?: readonly number[];
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
  const game = gameOf(config);
  if (options.class !== undefined) checkClass(config.recipe, game.sampler, options.class, '--class');
  const truncations = options.truncations ?? [undefined];
  const trained = await openTrained(options.runFolder, config, game, withTruncation(options, truncations[0]));
  const rows: Samples[] = [];
  for (const truncation of truncations)
    rows.push(
      await trained.drawer.draw(trained.variables, {
        seeds,
        classes: classesFor(game.sampler, seeds.length, options.class),
        images: trained.images,
        ...truncationOf(withTruncation(options, truncation)),
      }),
    );
  const all = joined(rows);
  const columns = rows.length === 1 ? Math.ceil(Math.sqrt(seeds.length)) : seeds.length;
  if (out.endsWith('.npy')) await writeFile(out, encodeNpy(all.images, all.shape));
  else {
    const grid = imageGrid({ data: all.images, shape: all.shape }, gridOptions(columns, all.shape[1]));
    const file = encodePng(grid);
    await writeFile(out, file);
    await showImage(
      options.runFolder,
      'samples/drawn',
      { width: grid.width, height: grid.height, file },
      trained.step,
    );
  }
  return { out, count: all.shape[0], checkpoint: trained.checkpoint, shape: all.shape };
}

const withTruncation = (
  { cutoff, standing }: SampleOptions,
  truncation: number | undefined,
): DrawOptions => ({
  ...(truncation === undefined ? {} : { truncation }),
  ...(cutoff === undefined ? {} : { cutoff }),
  ...(standing === undefined ? {} : { standing }),
});

/** One row after the other. */
function joined(rows: readonly Samples[]): Samples {
  const [first] = rows as [Samples];
  if (rows.length === 1) return first;
  const images = new Float32Array(first.images.length * rows.length);
  rows.forEach((row, index) => images.set(row.images, index * first.images.length));
  const [num, ...shape] = first.shape;
  return { images, shape: [num * rows.length, ...shape] };
}
