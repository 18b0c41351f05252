/** `kiln mix`: the table of style mixing (Karras et al., 2019, figure 3). */
import { writeFile } from 'node:fs/promises';
import { encodePng, imageGrid } from '@kiln/summaries';
import { checkClass } from './check-class.ts';
import { gridOptions } from './grid-options.ts';
import { layersOf, type LayerRange, type Layers } from './layer-ranges.ts';
import { gameOf } from './resolve-config.ts';
import type { RunConfig } from './run-config.ts';
import { showImage } from './show-image.ts';
import { openTrained, truncationOf, type DrawOptions } from './trained-game.ts';
import { WorkerError } from './worker-error.ts';

export interface MixOptions extends DrawOptions {
  readonly runFolder: string;
  readonly config: RunConfig;
  /** Seeds. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** One table for each; left out: coarse, middle and fine. */
  readonly layers?: readonly LayerRange[];
  readonly class?: number;
  readonly out: string;
}

export interface MixResult {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
  readonly tables: readonly Layers[];
}

export async function mix(options: MixOptions): Promise<MixResult> {
  const { config, runFolder, rows, columns, out } = options;
  const game = await gameOf(config);
  const { sampler } = game;
  if (sampler.styleLayers === undefined)
    throw new WorkerError(
      'usage',
      `recipe ${config.recipe} has no styles to mix; kiln mix is for runs of a StyleGAN, such as stylegan-digits`,
    );
  if (options.class !== undefined) checkClass(config.recipe, sampler, options.class, '--class');
  const tables = layersOf(options.layers, sampler.styleLayers);
  const { drawer, variables, images, step, checkpoint } = await openTrained(runFolder, config, game, options);
  const draw = (seeds: readonly number[], mixed?: { seeds: readonly number[]; layers: Layers }) =>
    drawer.draw(variables, {
      seeds,
      classes: seeds.map(() => options.class ?? 0),
      images,
      // So that images differ by their styles alone.
      noiseSeed: rows[0]!,
      ...(mixed === undefined
        ? {}
        : { mix: { seeds: mixed.seeds, from: mixed.layers[0], to: mixed.layers[1] + 1 } }),
      ...truncationOf(options),
    });
  const plain = await draw([...columns, ...rows]);
  const [, height, width, channels] = plain.shape;
  const size = height * width * channels;
  const sideways = columns.length + 1;
  const count = sideways * (1 + tables.length * rows.length);
  // The corner stays black.
  const data4d = new Float32Array(count * size).fill(-1);
  data4d.set(plain.images.subarray(0, columns.length * size), size);
  const seeds = rows.flatMap((row) => columns.map(() => row));
  for (const [index, layers] of tables.entries()) {
    const table = await draw(seeds, { seeds: rows.flatMap(() => columns), layers });
    for (let row = 0; row < rows.length; row++) {
      const start = (1 + index * rows.length + row) * sideways * size;
      const own = (columns.length + row) * size;
      data4d.set(plain.images.subarray(own, own + size), start);
      const from = row * columns.length * size;
      data4d.set(table.images.subarray(from, from + columns.length * size), start + size);
    }
  }
  const grid = imageGrid(
    { data: data4d, shape: [count, height, width, channels] },
    gridOptions(sideways, height),
  );
  const file = encodePng(grid);
  await writeFile(out, file);
  await showImage(runFolder, 'samples/mix', { width: grid.width, height: grid.height, file }, step);
  return { out, count: count - 1, checkpoint, tables };
}
