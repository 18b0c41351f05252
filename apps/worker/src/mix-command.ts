/** `kiln mix`: the table of style mixing (Karras et al., 2019, figure 3). */
import { writeFile } from 'node:fs/promises';
import { encodePng, imageGrid } from '@kiln/summaries';
import type { Samples } from '@kiln/training';
import { checkClass } from './check-class.ts';
import { gridOptions } from './grid-options.ts';
import { layersOf, type LayerRange, type Layers } from './layer-ranges.ts';
import { mixingTable } from './mixing-table.ts';
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
  const game = gameOf(config);
  const { sampler } = game;
  if (sampler.styleLayers === undefined)
    throw new WorkerError(
      'usage',
      `recipe ${config.recipe} has no styles to mix; kiln mix is for runs of a StyleGAN, such as stylegan-digits`,
    );
  if (options.class !== undefined) checkClass(config.recipe, sampler, options.class, '--class');
  const tables = layersOf(options.layers, sampler.styleLayers);
  const { drawer, variables, images, step, checkpoint } = await openTrained(runFolder, config, game, options);
  const draw = (
    seeds: readonly number[],
    mixed?: { seeds: readonly number[]; layers: Layers },
  ): Promise<Samples> =>
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
  const crossed = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const mixtures: Samples[] = [];
  for (const layers of tables)
    mixtures.push(
      await draw(
        crossed.map(({ row }) => row),
        { seeds: crossed.map(({ column }) => column), layers },
      ),
    );
  const { images: pixels, shape } = mixingTable({
    columns: await draw(columns),
    rows: await draw(rows),
    mixtures,
  });
  const grid = imageGrid({ data: pixels, shape }, gridOptions(columns.length + 1, shape[1]));
  const file = encodePng(grid);
  await writeFile(out, file);
  await showImage(runFolder, 'samples/mix', { width: grid.width, height: grid.height, file }, step);
  // The corner is no image.
  return { out, count: shape[0] - 1, checkpoint, tables };
}
