/** `kiln convert`: the weights of networks between a run, Kiln's own names and those of other programs. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newestValid, readCheckpoint } from '@kiln/checkpoints';
import { startEngine } from '@kiln/engine';
import { sampledFrom } from '@kiln/training';
import { exportWeights, readWeights, writeSafetensors, type WeightArray, type Weights } from '@kiln/weights';
import { fromNamed } from '../named-tensors.ts';
import { readRun } from '../read-run.ts';
import { resolveConfig } from '../resolve-config.ts';
import type { RunConfig } from '../run-config.ts';
import { warn } from '../warn.ts';
import { WorkerError } from '../worker-error.ts';
import { conventionOf } from './conventions.ts';
import { imported, trainedBeside } from './imported.ts';
import { makeRun } from './make-run.ts';
import { averageStyle, subjectOf, type Subject } from './subject.ts';

export interface ConvertOptions {
  /** A weights file, or the folder of a run. Absolute. */
  readonly input: string;
  /** A file that ends in .safetensors, or the folder of a run to be made. Absolute. */
  readonly output: string;
  readonly from?: string;
  readonly to?: string;
  readonly recipe?: string;
  readonly set?: readonly string[];
  readonly data?: string;
  readonly network?: string;
  /** The weights being trained, in place of their average. */
  readonly trained?: boolean;
}

export interface ConvertResult {
  readonly output: string;
  readonly numTensors: number;
  readonly numNumbers: number;
  /** What was read: a checkpoint's folder, or the file. */
  readonly source: string;
}

export async function convert(options: ConvertOptions): Promise<ConvertResult> {
  const { input, output, from, to } = options;
  const toFile = output.endsWith('.safetensors');
  const fromRun = await isRun(input);
  if (!fromRun && from === undefined && to === undefined && toFile) return asItIs(input, output);
  if (fromRun && from !== undefined)
    throw new WorkerError(
      'usage',
      `--from ${from}: ${input} is a run, whose names are Kiln's; leave --from out`,
    );
  if (!toFile && to !== undefined)
    throw new WorkerError(
      'usage',
      `--to ${to}: ${output} is to be a run, whose names are Kiln's; leave --to out, or name a file that ends in .safetensors`,
    );
  const plan = fromRun ? await readRun(input) : await planOf(options);
  startEngine({ device: 'cpu' });
  const subject = subjectOf(plan, options.network ?? 'G');
  // Before anything is read.
  const { names: theirNames } = conventionOf(to ?? 'kiln', '--to', subject);
  const { source, weights } = fromRun
    ? await storedWeights(input, subject, options.trained === true)
    : { source: input, weights: await imported(input, from ?? 'kiln', subject) };
  if (toFile) {
    const theirs = exportWeights(weights, theirNames);
    await writeSafetensors(output, theirs);
    return { output, source, ...sizesOf(theirs) };
  }
  const isWhole = !fromRun && options.network === undefined;
  const all = new Map([
    ...weights,
    ...(isWhole ? await trainedBeside(input, from ?? 'kiln', plan, subject) : []),
  ]);
  await makeRun(output, plan, subject, all);
  return { output, source, ...sizesOf(all) };
}

/** Another format with the same names: nothing need be known of the network. */
async function asItIs(input: string, output: string): Promise<ConvertResult> {
  const weights = await readWeights(input);
  await writeSafetensors(output, weights);
  return { output, source: input, ...sizesOf(weights) };
}

const sizesOf = (weights: Weights): Pick<ConvertResult, 'numTensors' | 'numNumbers'> => ({
  numTensors: weights.size,
  numNumbers: [...weights.values()].reduce((sum, { values }) => sum + values.length, 0),
});

const isRun = (path: string): Promise<boolean> =>
  stat(join(path, 'config.json')).then(
    () => true,
    () => false,
  );

async function planOf({ recipe, set, data }: ConvertOptions): Promise<RunConfig> {
  if (recipe === undefined)
    throw new WorkerError(
      'usage',
      'name with --recipe whose network the weights are, and with --set its settings, such as --recipe biggan-128 --set width=64',
    );
  return resolveConfig(recipe, {
    dryRun: true,
    ...(set === undefined ? {} : { set }),
    ...(data === undefined ? {} : { data }),
  });
}

/** The networks of a run's newest sound checkpoint: their averages, where there are some and not the others are asked for. */
async function storedWeights(
  runFolder: string,
  { game, shapes }: Subject,
  trained: boolean,
): Promise<{ source: string; weights: Weights }> {
  const root = join(runFolder, 'checkpoints');
  const newest = await newestValid(root, ({ problems }) =>
    warn(`${problems[0]?.message ?? 'damaged'}, passed over`),
  );
  if (newest === null) throw new WorkerError('checkpoint', `${root} holds no valid checkpoint; train first`);
  const sampled = sampledFrom(game);
  const { tensors } = await readCheckpoint(newest.path);
  const weights = [...shapes].map(([path, shape]): [string, WeightArray] => {
    const [network = ''] = path.split('/');
    const where = trained ? 'networks' : (sampled[network] ?? 'networks');
    const name = path === averageStyle ? path : `${where}/${path}`;
    const tensor = tensors.get(name);
    if (tensor === undefined)
      throw new WorkerError(
        'checkpoint',
        `${newest.path} has no tensor "${name}", which the run's recipe and settings need`,
      );
    return [path, { shape, values: Float32Array.from(fromNamed(tensor).data) }];
  });
  return { source: newest.path, weights: new Map(weights) };
}
