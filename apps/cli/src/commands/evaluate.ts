/** `kiln evaluate <run>`: how near the samples of a run are to its data, measured by a worker process. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { maxSamples, positiveNumber, wholeNumber } from '../option-values.ts';
import { readRunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { table } from '../table.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';

interface EvaluateOptions {
  readonly num: number;
  readonly seed: number;
  readonly truncation?: number;
  readonly truncationCutoff?: number;
  readonly standing?: number;
  readonly extractor?: string;
  readonly weights?: string;
  readonly workers: number;
  readonly json?: boolean;
}

/** What the worker answers. */
interface Evaluation {
  readonly fid: number;
  readonly kid: number;
  readonly kidStandardDeviation: number;
  readonly asAsked: number | null;
  readonly numReal: number;
  readonly numSamples: number;
  readonly extractor: string;
  readonly weights: string;
  readonly resize: string;
  readonly step: number;
  readonly kimg: number;
  readonly checkpoint: string;
}

export const addEvaluate: AddCommand = (program, context) => {
  program
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
    .addOption(new Option('--truncation <n>', 'as of kiln sample').argParser(positiveNumber))
    .addOption(new Option('--truncation-cutoff <n>', 'as of kiln sample').argParser(wholeNumber(0)))
    .addOption(new Option('--standing <n>', 'as of kiln sample').argParser(wholeNumber(0, 10_000)))
    .option(
      '--extractor <name>',
      'what features are compared: digits-classifier (default for the digits) or inception-v3',
    )
    .option(
      '--weights <file>',
      'weights of inception-v3: .pth of torchvision or pytorch-fid, or .h5 of Keras',
    )
    .addOption(
      new Option('--workers <n>', 'processes that share the work; the numbers are the same')
        .argParser(wholeNumber(1, 1024))
        .default(1),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'kiln evaluate runs/biggan-digits-000',
        'kiln evaluate runs/biggan-digits-000 --num 1000 --json',
        'kiln evaluate runs/biggan-128-000 --num 50000 --extractor inception-v3 --weights pt_inception-2015-12-05.pth',
      ),
    )
    .action(async (run: string, options: EvaluateOptions) => {
      const { cwd, terminal } = context;
      const runFolder = resolve(cwd, run);
      await readRunConfig(runFolder);
      const { num, seed, truncation, truncationCutoff: cutoff, standing, extractor } = options;
      const weights = options.weights === undefined ? undefined : resolve(cwd, options.weights);
      const group = `evaluate-${randomUUID().slice(0, 8)}`;
      const { workers: worldSize } = options;
      const answers = Array.from({ length: worldSize }, (_, rank) =>
        askWorker<{ evaluation: Evaluation }>(context, {
          mode: 'evaluate',
          run: runFolder,
          options: {
            num,
            seed,
            truncation,
            cutoff,
            standing,
            extractor,
            weights,
            ...(worldSize > 1 ? { share: { group, rank, worldSize } } : {}),
          },
        }),
      );
      // Any of them may fail first, and then all do.
      const [answer] = await Promise.all(answers);
      terminal.print(
        options.json === true
          ? JSON.stringify(answer!.evaluation, null, 2)
          : text(answer!.evaluation, (path) => shown(cwd, path)),
      );
    });
};

function text(evaluation: Evaluation, show: (path: string) => string): string {
  const { fid, kid, kidStandardDeviation, asAsked, numReal, numSamples, extractor, weights, resize } =
    evaluation;
  return table([
    ['FID', fid.toFixed(3)],
    ['KID', `${kid.toExponential(3)} ± ${kidStandardDeviation.toExponential(1)} over 100 subsets`],
    ...(asAsked === null ? [] : [['as asked', `${(100 * asAsked).toFixed(1)} % of the samples`]]),
    ['samples', `${numSamples}, beside ${numReal} real images`],
    ['features', `${extractor} (${weights}), images ${resize}`],
    ['checkpoint', `${show(evaluation.checkpoint)}, ${evaluation.kimg.toFixed(1)} kimg`],
  ]);
}
