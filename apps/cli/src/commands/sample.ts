/** `kiln sample <run>`: images of the newest sound checkpoint, drawn by a worker process. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { maxSamples, numbersFromZero, seedRanges, wholeNumber } from '../option-values.ts';
import { makeFolderOf, pictureFile } from '../out-file.ts';
import { readRunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { runDeviceOption } from './train-options.ts';

interface SampleOptions {
  readonly seeds?: number[];
  readonly num?: number;
  readonly class?: number;
  readonly truncation?: number[];
  readonly truncationCutoff?: number;
  readonly standing?: number;
  readonly device?: string;
  readonly out?: string;
}

/** What the worker answers. */
interface SampleAnswer {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
  readonly shape: readonly number[];
}

const maxInGrid = 10_000;

const range = (num: number): number[] => Array.from({ length: num }, (_, seed) => seed);

export const addSample: AddCommand = (program, context) => {
  program
    .command('sample')
    .summary('draw images')
    .description(
      'Draws images from the newest sound checkpoint of a run: a grid (.png), or an array [n, height, width, channels] of ' +
        'float32 in [-1, 1] (.npy). A seed gives the same image wherever it is drawn.',
    )
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option('--seeds <ranges>', 'one image for each seed, such as 0-63 or 1,5,10-19')
        .argParser(seedRanges)
        .conflicts('num'),
    )
    .addOption(
      new Option('--num <n>', 'this many images, of the seeds from 0 on')
        .argParser(wholeNumber(1, maxSamples))
        .conflicts('seeds'),
    )
    .addOption(
      new Option('--class <n>', 'only images of this class; for recipes with classes').argParser(
        wholeNumber(0),
      ),
    )
    .addOption(
      new Option(
        '--truncation <n>',
        'less variety, better images: the largest number in z, or psi of a style recipe; of several, such as 0.2,0.5,1, each is a row',
      ).argParser(numbersFromZero),
    )
    .addOption(
      new Option('--truncation-cutoff <n>', 'psi reaches the first n layers only').argParser(wholeNumber(0)),
    )
    .addOption(
      new Option(
        '--standing <n>',
        'estimate batch statistics anew from n batches of samples; 0: the running ones',
      ).argParser(wholeNumber(0, 10_000)),
    )
    .addOption(runDeviceOption())
    .option('--out <file>', 'a .png or .npy file (default: <run>/samples/sample.png)')
    .addHelpText(
      'after',
      examples(
        'kiln sample runs/digits-dcgan-000 --seeds 0-63 --out grid.png',
        'kiln sample runs/digits-cgan-000 --num 1000 --class 7 --out sevens.npy',
        'kiln sample runs/biggan-digits-000 --truncation 0.2,0.5,1 --num 10',
      ),
    )
    .action(async (run: string, options: SampleOptions) => {
      const { cwd, terminal } = context;
      const runFolder = resolve(cwd, run);
      const endings = ['.png', '.npy'];
      const out = await pictureFile({ out: options.out, cwd, endings, runFolder, name: 'sample.png' });
      const { length: numRows } = options.truncation ?? [1];
      const seeds = options.seeds ?? range(options.num ?? (numRows > 1 ? 8 : 64));
      const count = seeds.length * numRows;
      if (out.endsWith('.png') && count > maxInGrid)
        throw new CliError(
          'usage',
          `${count} images: a grid shows at most ${maxInGrid}; ask for fewer, or name an --out that ends in .npy`,
        );
      await readRunConfig(runFolder);
      await makeFolderOf(out);
      const answer = await askWorker<SampleAnswer>(context, {
        mode: 'sample',
        run: runFolder,
        options: {
          seeds,
          out,
          class: options.class,
          truncations: options.truncation,
          cutoff: options.truncationCutoff,
          standing: options.standing,
          device: options.device,
        },
      });
      terminal.print(`${shown(cwd, answer.out)}: ${answer.count} images of ${shown(cwd, answer.checkpoint)}`);
    });
};
