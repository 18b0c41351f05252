/** What this command reads of a run's config.json; everything else in it is the workers' business and kept as it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from './cli-error.ts';

const count = z.int().positive();

const schema = z.looseObject({
  recipe: z.string().min(1),
  batch: count,
  workers: count,
  accumulate: count,
  shareMultiple: count.optional(),
  steps: count,
  kimg: z.number().positive(),
  seed: z.int().nonnegative(),
  device: z.string(),
  precision: z.string().optional(),
  xla: z.boolean().optional(),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      batch: count,
      startStep: z.int().nonnegative(),
      startKimg: z.number().nonnegative(),
      imagesPerStep: count,
    }),
  ),
});

export type RunConfig = z.infer<typeof schema>;

/** A worker's answer to `resolve`. */
export function parseRunConfig(value: unknown, where: string): RunConfig {
  const parsed = schema.safeParse(value);
  // The value itself, which keeps the order of its keys.
  if (parsed.success) return value as RunConfig;
  throw new CliError(
    'usage',
    `${where} is not the configuration of a run: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
  );
}

export async function readRunConfig(runFolder: string): Promise<RunConfig> {
  const file = join(runFolder, 'config.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new CliError(
      'usage',
      `${runFolder} holds no run: ${file} cannot be read; name the folder of a run, such as runs/digits-dcgan-000`,
      { cause },
    );
  }
  try {
    return parseRunConfig(JSON.parse(text), file);
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(
      'usage',
      `${file} is not JSON: ${(cause as Error).message}; restore it, or train again`,
      { cause },
    );
  }
}

export interface ResumeOptions {
  readonly workers?: number;
  readonly kimg?: number;
  readonly steps?: number;
  readonly profileSteps?: number | undefined;
}

/** The configuration of a resumed run. Only its length and its number of workers may change: neither changes the numbers. */
export function resumedConfig(
  config: RunConfig,
  { workers, kimg, steps, profileSteps }: ResumeOptions,
): RunConfig {
  const newSteps = steps ?? (kimg === undefined ? config.steps : stepsFor(config, kimg));
  const newWorkers = workers ?? config.workers;
  for (const { batch } of config.stages) {
    const { accumulate, shareMultiple = 1 } = config;
    const together = batch / accumulate;
    const shares = together / shareMultiple;
    const each = shareMultiple > 1 ? ` into multiples of ${shareMultiple}` : '';
    if (shares % newWorkers !== 0)
      throw new CliError(
        'usage',
        `--workers ${newWorkers} does not divide the run's ${accumulate > 1 ? 'micro-batch' : 'batch'} of ${together}${each}; use ${divisors(shares).join(', ')}`,
      );
  }
  if (config.xla === true && (newWorkers === 1) !== (config.workers === 1))
    throw new CliError(
      'usage',
      `the run was made with --xla, which draws other random numbers with one worker than with several; use --workers ${config.workers}`,
    );
  if (config.xla === true && newWorkers === 1 && profileSteps !== undefined)
    throw new CliError(
      'usage',
      'the run was made with --xla, which leaves no ops to profile; leave --profile out',
    );
  return { ...config, workers: newWorkers, steps: newSteps, kimg: kimgAfter(config, newSteps), profileSteps };
}

/** Thousands of images after `steps` steps, stage by stage. */
function kimgAfter({ stages }: RunConfig, steps: number): number {
  const { startStep, startKimg, imagesPerStep } = stages.findLast((stage) => stage.startStep <= steps)!;
  return startKimg + ((steps - startStep) * imagesPerStep) / 1000;
}

function stepsFor({ stages }: RunConfig, kimg: number): number {
  const { startStep, startKimg, imagesPerStep } = stages.findLast((stage) => stage.startKimg <= kimg)!;
  return startStep + Math.ceil(((kimg - startKimg) * 1000) / imagesPerStep);
}

const divisors = (value: number): number[] =>
  Array.from({ length: Math.min(value, 64) }, (_, index) => index + 1).filter((size) => value % size === 0);
