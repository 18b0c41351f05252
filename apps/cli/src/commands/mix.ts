/** `kiln mix <run>`: the table of style mixing of a StyleGAN, drawn by a worker process. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { layerRanges, numbersFromZero, seedRanges, wholeNumber, type LayerRange } from '../option-values.ts';
import { makeFolderOf, pictureFile } from '../out-file.ts';
import { readRunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { runDeviceOption } from './train-options.ts';

interface MixOptions {
  readonly rows: number[];
  readonly columns: number[];
  readonly layers?: LayerRange[];
  readonly class?: number;
  readonly truncation?: number[];
  readonly truncationCutoff?: number;
  readonly device?: string;
  readonly out?: string;
}

/** What the worker answers. */
interface MixAnswer {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
  /** Layers of each table, the last among them. */
  readonly tables: readonly (readonly [number, number])[];
}

const maxMixtures = 10_000;

export const addMix: AddCommand = (program, context) => {
  program
    .command('mix')
    .summary('mix the styles of seeds')
    .description(
      'Draws the table of style mixing of a StyleGAN, from the newest sound checkpoint of a run: the image at a row and a column ' +
        "is the row's, with the column's styles in the layers named. For several layer ranges the rows are there once for each.",
    )
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option('--rows <ranges>', 'seeds of the rows, such as 0-4 or 3,8')
        .argParser(seedRanges)
        .default([0, 1, 2, 3], '0-3'),
    )
    .addOption(
      new Option('--columns <ranges>', 'seeds of the columns, whose styles are taken')
        .argParser(seedRanges)
        .default([10, 11, 12, 13, 14], '10-14'),
    )
    .addOption(
      new Option(
        '--layers <list>',
        'coarse (layers 0-3), middle (4-7), fine (from 8 on) or layers such as 0-5; several, such as coarse,middle, one table for each (default: all three, as far as the network has them)',
      ).argParser(layerRanges),
    )
    .addOption(
      new Option('--class <n>', 'class of all images; for recipes with classes (default: 0)').argParser(
        wholeNumber(0),
      ),
    )
    .addOption(new Option('--truncation <n>', 'as of kiln sample, one value').argParser(numbersFromZero))
    .addOption(new Option('--truncation-cutoff <n>', 'as of kiln sample').argParser(wholeNumber(0)))
    .addOption(runDeviceOption())
    .option('--out <file>', 'a .png file (default: <run>/samples/mix.png)')
    .addHelpText(
      'after',
      examples(
        'kiln mix runs/stylegan-digits-000',
        'kiln mix runs/stylegan-digits-000 --rows 0-5 --columns 20-27 --layers coarse --truncation 0.7',
        'kiln mix runs/stylegan-digits-000 --layers 0-1,2-3,4-5 --out table.png',
      ),
    )
    .action(async (run: string, options: MixOptions) => {
      const { cwd, terminal } = context;
      const { rows, columns, layers, truncation = [] } = options;
      if (truncation.length > 1)
        throw new CliError('usage', `--truncation ${truncation.join(',')}: expected one value`);
      if (rows.length * columns.length > maxMixtures)
        throw new CliError(
          'usage',
          `--rows and --columns: expected at most ${maxMixtures} mixtures in a table, got ${rows.length} x ${columns.length}`,
        );
      const runFolder = resolve(cwd, run);
      const endings = ['.png'];
      const out = await pictureFile({ out: options.out, cwd, endings, runFolder, name: 'mix.png' });
      await readRunConfig(runFolder);
      await makeFolderOf(out);
      const answer = await askWorker<MixAnswer>(context, {
        mode: 'mix',
        run: runFolder,
        options: {
          rows,
          columns,
          layers,
          class: options.class,
          out,
          truncation: truncation[0],
          cutoff: options.truncationCutoff,
          device: options.device,
        },
      });
      const tables = answer.tables.map(([first, last]) => `${first}-${last}`).join(', ');
      terminal.print(
        `${shown(cwd, answer.out)}: ${answer.count} images of ${shown(cwd, answer.checkpoint)}, styles of the columns in layers ${tables}`,
      );
    });
};
