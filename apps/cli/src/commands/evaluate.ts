/** `kiln evaluate <run>`: how near the samples of a run are to its data, measured by a worker process. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { askTogether, distanceRows, featuresRow, type Measured } from '../evaluation-workers.ts';
import { maxSamples, numbersFromZero, wholeNumber } from '../option-values.ts';
import { readRunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { table } from '../table.ts';
import { examples, type AddCommand } from './command.ts';
import { extractorOptions } from './extractor-options.ts';
import { runDeviceOption } from './train-options.ts';

interface EvaluateOptions {
  readonly num: number;
  readonly seed: number;
  readonly truncation?: number[];
  readonly truncationCutoff?: number;
  readonly standing?: number;
  readonly extractor?: string;
  readonly weights?: string;
  readonly workers: number;
  readonly device?: string;
  readonly json?: boolean;
}

/** What the worker answers. */
interface Evaluation extends Measured {
  readonly asAsked: number | null;
  readonly truncation: number | null;
  readonly numSamples: number;
  readonly step: number;
  readonly kimg: number;
  readonly checkpoint: string;
}

export const addEvaluate: AddCommand = (program, context) => {
  const command = program
    .command('evaluate')
    .summary('measure how near samples are to the data')
    .description(
      'Draws samples from the newest sound checkpoint of a run and measures FID and KID between their features and those of ' +
        "every example of the run's data. Numbers can be compared only where extractor, resize and counts are the same.",
    )
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option('--num <n>', 'samples to draw').argParser(wholeNumber(2, maxSamples)).default(10_000),
    )
    .addOption(new Option('--seed <n>', "the first sample's seed").argParser(wholeNumber(0)).default(0))
    .addOption(
      new Option('--truncation <n>', 'as of kiln sample; of several, each is measured').argParser(
        numbersFromZero,
      ),
    )
    .addOption(new Option('--truncation-cutoff <n>', 'as of kiln sample').argParser(wholeNumber(0)))
    .addOption(new Option('--standing <n>', 'as of kiln sample').argParser(wholeNumber(0, 10_000)));
  for (const option of extractorOptions()) command.addOption(option);
  command
    .addOption(runDeviceOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'kiln evaluate runs/biggan-digits-000',
        'kiln evaluate runs/biggan-digits-000 --num 1000 --json',
        'kiln evaluate runs/biggan-digits-000 --truncation 0.2,0.5,1',
        'kiln evaluate runs/biggan-128-000 --num 50000 --extractor inception-v3 --weights pt_inception-2015-12-05.pth',
      ),
    )
    .action(async (run: string, options: EvaluateOptions) => {
      const { cwd, terminal } = context;
      const runFolder = resolve(cwd, run);
      await readRunConfig(runFolder);
      const { num, seed, truncationCutoff: cutoff, standing, extractor, device } = options;
      const weights = options.weights === undefined ? undefined : resolve(cwd, options.weights);
      const measure = async (truncation: number | undefined): Promise<Evaluation> => {
        const asked = { num, seed, truncation, cutoff, standing, extractor, weights, device };
        const { evaluation } = await askTogether<{ evaluation: Evaluation }>(
          context,
          { mode: 'evaluate', run: runFolder, options: asked },
          options.workers,
        );
        return evaluation;
      };
      const evaluations: Evaluation[] = [];
      for (const truncation of options.truncation ?? [undefined]) evaluations.push(await measure(truncation));
      const [first] = evaluations as [Evaluation];
      if (options.json === true)
        terminal.print(JSON.stringify(evaluations.length === 1 ? first : evaluations, null, 2));
      else {
        if (evaluations.length > 1) terminal.print(`${tradeOff(evaluations)}\n`);
        terminal.print(text(first, (path) => shown(cwd, path), evaluations.length > 1));
      }
    });
};

/** What truncation does to quality and to diversity, a row for each. */
function tradeOff(evaluations: readonly Evaluation[]): string {
  const isAsked = evaluations.every(({ asAsked }) => asAsked !== null);
  return table([
    ['truncation', 'FID', 'KID', ...(isAsked ? ['as asked'] : [])],
    ...evaluations.map(({ truncation, fid, kid, asAsked }) => [
      String(truncation),
      fid.toFixed(3),
      kid.toExponential(3),
      ...(isAsked ? [`${(100 * asAsked!).toFixed(1)} %`] : []),
    ]),
  ]);
}

/** `isSweep`: the numbers themselves are in a table of their own. */
function text(evaluation: Evaluation, show: (path: string) => string, isSweep: boolean): string {
  const { asAsked, numReal, numSamples } = evaluation;
  const numbers = [
    ...distanceRows(evaluation),
    ...(asAsked === null ? [] : [['as asked', `${(100 * asAsked).toFixed(1)} % of the samples`]]),
  ];
  return table([
    ...(isSweep ? [] : numbers),
    ['samples', `${numSamples}, beside ${numReal} real images`],
    featuresRow(evaluation),
    ['checkpoint', `${show(evaluation.checkpoint)}, ${evaluation.kimg.toFixed(1)} kimg`],
  ]);
}
