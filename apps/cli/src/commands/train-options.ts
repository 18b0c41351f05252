/** The options that decide what is trained, and the worker's answer to them. */
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { bestMetric, keyValue, maxSamples, positiveNumber, wholeNumber } from '../option-values.ts';
import { parseRunConfig, type RunConfig } from '../run-config.ts';
import { askWorker } from '../worker-process.ts';

export interface TrainOptions {
  readonly workers?: number;
  readonly batch?: number;
  readonly accumulate?: number;
  readonly kimg?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly data?: string;
  readonly checkpointSteps?: number;
  readonly keepLast?: number;
  readonly permanentSteps?: number;
  readonly tickKimg?: number;
  readonly device?: string;
  readonly precision?: string;
  readonly bucketMib?: number;
  readonly xla?: boolean;
  readonly profile?: boolean;
  readonly profileSteps?: number;
  readonly keepBest?: { metric: string; order: 'min' | 'max' };
  readonly evaluateEvery?: number;
  readonly evaluateNum?: number;
  readonly evaluateExtractor?: string;
  readonly evaluateWeights?: string;
  readonly onCollapse?: string;
  readonly maxRollbacks?: number;
  readonly set?: readonly string[];
}

/** What a group of workers holds (`@kiln/collectives`). */
export const maxWorkers = 64;
/** A plan may be for more than can be started yet. */
export const maxPlannedWorkers = 1024;

export const workersOption = (most = maxWorkers): Option =>
  new Option('--workers <n>', 'worker processes, which share the batch').argParser(wholeNumber(1, most));

/** Two ways to say how long: one of them only. */
export const lengthOptions = (): Option[] => [
  new Option('--kimg <n>', 'train until this many thousand images were shown')
    .argParser(positiveNumber)
    .conflicts('steps'),
  new Option('--steps <n>', 'train this many steps').argParser(wholeNumber(1)).conflicts('kimg'),
];

export const deviceOption = (
  description = 'what to compute on; gpu gives each worker a GPU of its own',
): Option => new Option('--device <name>', description).choices(['cpu', 'gpu']);

/** Of commands that draw from a run, which may have come from another machine. */
export const runDeviceOption = (): Option => deviceOption("what to compute on (default: the run's own)");

export const precisionOption = (): Option =>
  new Option(
    '--precision <type>',
    'what matrix products and convolutions are computed in; see docs/precision.md',
  ).choices(['float32', 'bfloat16', 'float16']);

const defaultProfileSteps = 3;

export const profileOptions = (): Option[] => [
  new Option('--profile', `write when each op of ${defaultProfileSteps} steps ran, as a Chrome trace`),
  new Option('--profile-steps <n>', 'the same for so many steps').argParser(wholeNumber(1, 1000)),
];

/** How many steps were asked to be profiled, if any. */
export const profileStepsOf = ({
  profile,
  profileSteps,
}: Pick<TrainOptions, 'profile' | 'profileSteps'>): number | undefined =>
  profileSteps ?? (profile === true ? defaultProfileSteps : undefined);

export function addTrainOptions(command: Command): Command {
  const options = [
    workersOption(),
    new Option('--batch <n>', 'images of one update, over all workers').argParser(wholeNumber(1)),
    new Option(
      '--accumulate <n>',
      'micro-batches in which each worker takes its share of a batch: less memory, the same update',
    ).argParser(wholeNumber(1, 65_536)),
    ...lengthOptions(),
    new Option('--seed <n>', 'start of all random numbers').argParser(wholeNumber(0, 0x7f_ff_ff_ff)),
    new Option(
      '--data <spec>',
      'shapes, a folder or a file, with options such as photos:resolution=64; see docs/datasets.md',
    ),
    new Option('--checkpoint-steps <n>', 'save every so many steps').argParser(wholeNumber(1)),
    new Option('--keep-last <n>', 'checkpoints kept; older ones are removed (default: 3)').argParser(
      wholeNumber(1, 100_000),
    ),
    new Option(
      '--permanent-steps <n>',
      'of the checkpoints saved, never remove those of a multiple of n steps',
    ).argParser(wholeNumber(1)),
    new Option('--tick-kimg <n>', 'thousand images between two lines of progress').argParser(positiveNumber),
    deviceOption(),
    precisionOption(),
    new Option('--bucket-mib <n>', 'sum gradients between workers in buckets of so many MiB').argParser(
      wholeNumber(1),
    ),
    new Option('--xla', 'compile the step with XLA; --workers is 1 then by default, see docs/xla.md'),
    ...profileOptions(),
    new Option(
      '--keep-best <metric:order>',
      'never remove the checkpoint with the best value of a metric, such as evaluation/fid:min',
    ).argParser(bestMetric),
    new Option(
      '--evaluate-every <kimg>',
      'measure FID and KID every so many thousand images, on all workers; see docs/evaluation.md',
    ).argParser(positiveNumber),
    new Option('--evaluate-num <n>', 'samples of each of these measurements (default: 10000)').argParser(
      wholeNumber(2, maxSamples),
    ),
    new Option('--evaluate-extractor <name>', 'as --extractor of kiln evaluate'),
    new Option('--evaluate-weights <file>', 'as --weights of kiln evaluate'),
    new Option(
      '--on-collapse <action>',
      'when a run shows signs of a collapse: warn, stop, or go back to a checkpoint from before',
    ).choices(['warn', 'stop', 'rollback']),
    new Option('--max-rollbacks <n>', 'how often a run may go back before it ends').argParser(
      wholeNumber(1, 1000),
    ),
    new Option('--set <key=value>', 'change a setting of the recipe; may be given several times').argParser(
      keyValue,
    ),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

/** What the worker reads as it was typed. */
const passedOn = [
  'workers',
  'batch',
  'accumulate',
  'kimg',
  'steps',
  'seed',
  'data',
  'checkpointSteps',
  'keepLast',
  'permanentSteps',
  'tickKimg',
  'device',
  'precision',
  'bucketMib',
  'xla',
  'keepBest',
  'evaluateEvery',
  'evaluateNum',
  'evaluateExtractor',
  'onCollapse',
  'maxRollbacks',
  'set',
] as const satisfies (keyof TrainOptions)[];

/** The whole configuration of the run, made and checked by the worker program, which knows the recipes. */
export async function resolveConfig(
  context: Context,
  recipe: string,
  options: TrainOptions,
  { dryRun = false } = {},
): Promise<RunConfig> {
  const given = {
    ...Object.fromEntries(passedOn.map((key) => [key, options[key]])),
    evaluateWeights:
      options.evaluateWeights === undefined ? undefined : resolve(context.cwd, options.evaluateWeights),
    profileSteps: profileStepsOf(options),
    dryRun,
  };
  const answer = await askWorker<{ config?: unknown }>(context, { mode: 'resolve', recipe, options: given });
  return parseRunConfig(answer.config, `what the worker resolved for ${recipe}`);
}
