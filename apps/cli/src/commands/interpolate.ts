/** `kiln interpolate <run>`: the way between key points of the latent space of a run, drawn by a worker process. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { classList, numbersFromZero, seedRanges, wholeNumber } from '../option-values.ts';
import { makeFolderOf, pictureFile } from '../out-file.ts';
import { readRunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import { runDeviceOption } from './train-options.ts';

interface InterpolateOptions {
  readonly seeds: number[];
  readonly classes?: number[];
  readonly frames: number;
  readonly way?: string;
  readonly loop?: boolean;
  readonly fps?: number;
  readonly truncation?: number[];
  readonly truncationCutoff?: number;
  readonly standing?: number;
  readonly device?: string;
  readonly out?: string;
}

/** What the worker answers. */
interface InterpolateAnswer {
  readonly out: string;
  readonly count: number;
  readonly checkpoint: string;
}

const defaultFps = 12;
/** Of all ways together. */
const maxFrames = 100_000;

export const addInterpolate: AddCommand = (program, context) => {
  program
    .command('interpolate')
    .summary('draw the way between seeds, classes or both')
    .description(
      'Draws what lies between key points of the latent space, from the newest sound checkpoint of a run: rows of a picture ' +
        '(.png), one for each way, or an animation (.gif). A key point is a seed and, for recipes with classes, a class; ' +
        'classes are mixed in the class embedding.',
    )
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option('--seeds <ranges>', 'seeds of the key points, such as 3,17,4; one: the same z at all')
        .argParser(seedRanges)
        .default([0], '0'),
    )
    .addOption(
      new Option(
        '--classes <list>',
        'classes of the key points, such as 0,4,7; one: the same at all (default for recipes with classes: 0)',
      ).argParser(classList),
    )
    .addOption(
      new Option('--frames <n>', 'images from one key point to the next, both among them')
        .argParser(wholeNumber(2, 10_000))
        .default(10),
    )
    .addOption(
      new Option(
        '--way <name>',
        'of z: straight, or on the sphere (default: lerp where z is uniform, else slerp)',
      ).choices(['lerp', 'slerp']),
    )
    .option('--loop', 'go back to the first key point at the end')
    .addOption(
      new Option('--fps <n>', `frames a second of a .gif (default: ${defaultFps})`).argParser(
        wholeNumber(1, 50),
      ),
    )
    .addOption(new Option('--truncation <n>', 'as of kiln sample, one value').argParser(numbersFromZero))
    .addOption(new Option('--truncation-cutoff <n>', 'as of kiln sample').argParser(wholeNumber(0)))
    .addOption(new Option('--standing <n>', 'as of kiln sample').argParser(wholeNumber(0, 10_000)))
    .addOption(runDeviceOption())
    .option('--out <file>', 'a .png or .gif file (default: <run>/samples/interpolation.png)')
    .addHelpText(
      'after',
      examples(
        'kiln interpolate runs/digits-dcgan-000 --seeds 3,17,4',
        'kiln interpolate runs/biggan-digits-000 --classes 1,7,9 --loop --out classes.gif',
        'kiln interpolate runs/biggan-digits-000 --seeds 5,6 --classes 2,2 --way lerp --truncation 0.5',
      ),
    )
    .action(async (run: string, options: InterpolateOptions) => {
      const { cwd, terminal } = context;
      checkOptions(options);
      const runFolder = resolve(cwd, run);
      const endings = ['.png', '.gif'];
      const out = await pictureFile({ out: options.out, cwd, endings, runFolder, name: 'interpolation.png' });
      await readRunConfig(runFolder);
      await makeFolderOf(out);
      const { seeds, classes = [], frames, way, loop = false, fps = defaultFps } = options;
      const answer = await askWorker<InterpolateAnswer>(context, {
        mode: 'interpolate',
        run: runFolder,
        options: {
          seeds,
          classes,
          frames,
          way,
          loop,
          fps,
          out,
          truncation: options.truncation?.[0],
          cutoff: options.truncationCutoff,
          standing: options.standing,
          device: options.device,
        },
      });
      terminal.print(`${shown(cwd, answer.out)}: ${answer.count} images of ${shown(cwd, answer.checkpoint)}`);
    });
};

/** Throws `CliError` (usage) for options that do not go together. */
function checkOptions({
  seeds,
  classes = [],
  frames,
  fps,
  truncation = [],
  out = '.png',
}: InterpolateOptions): void {
  const keys = Math.max(seeds.length, classes.length);
  if (keys < 2)
    throw new CliError('usage', `--seeds or --classes: expected two key points or more, got ${keys}`);
  if (seeds.length > 1 && classes.length > 1 && seeds.length !== classes.length)
    throw new CliError(
      'usage',
      `--classes ${classes.join(',')}: expected one class, or one for each of the ${seeds.length} seeds of --seeds, got ${classes.length}`,
    );
  if (keys * frames > maxFrames)
    throw new CliError(
      'usage',
      `--frames ${frames}: expected at most ${maxFrames} images, and ${keys} key points would make ${keys * frames}`,
    );
  if (truncation.length > 1)
    throw new CliError('usage', `--truncation ${truncation.join(',')}: expected one value`);
  if (fps !== undefined && !out.endsWith('.gif'))
    throw new CliError('usage', `--fps ${fps}: a picture does not move; name an --out that ends in .gif`);
}
