/** `kiln convert`: one network's weights between a run, Kiln's own names and those of other programs. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newestValid, readCheckpoint } from '@kiln/checkpoints';
import { startEngine } from '@kiln/engine';
import { variableShapes } from '@kiln/nn';
import { sampledFrom } from '@kiln/training';
import {
  exportWeights,
  importWeights,
  readWeights,
  writeSafetensors,
  type WeightArray,
  type Weights,
} from '@kiln/weights';
import { fromNamed } from '../named-tensors.ts';
import { buildGame, factsOf, findRecipe, resolveConfig } from '../resolve-config.ts';
import type { RunConfig } from '../run-config.ts';
import { WorkerError } from '../worker-error.ts';
import { conventionOf, type Subject } from './conventions.ts';
import { makeRun } from './make-run.ts';

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
  const plan = fromRun
    ? (JSON.parse(await readFile(join(input, 'config.json'), 'utf8')) as RunConfig)
    : await planOf(options);
  startEngine({ device: 'cpu' });
  const subject = await subjectOf(plan, options);
  // Before anything is read.
  const theirNames = conventionOf(to ?? 'kiln', '--to', subject);
  const { source, weights } = fromRun
    ? await storedWeights(input, subject, options.trained === true)
    : { source: input, weights: await imported(input, from ?? 'kiln', subject) };
  if (toFile) {
    const theirs = exportWeights(weights, theirNames);
    await writeSafetensors(output, theirs);
    return { output, source, ...sizesOf(theirs) };
  }
  await makeRun(output, plan, subject, weights);
  return { output, source, ...sizesOf(weights) };
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

async function subjectOf(plan: RunConfig, { network = 'G' }: ConvertOptions): Promise<Subject> {
  const { recipe, settings } = plan;
  const data = await factsOf(findRecipe(recipe), plan.data);
  const game = buildGame(findRecipe(recipe), settings, data);
  if (!Object.hasOwn(game.networks, network))
    throw new WorkerError(
      'usage',
      `recipe ${recipe} has no network "${network}"; --network is one of ${Object.keys(game.networks).join(', ')}`,
    );
  return { recipe, settings, data, game, network };
}

async function imported(file: string, from: string, subject: Subject): Promise<Weights> {
  const convention = conventionOf(from, '--from', subject);
  const shapes = variableShapes(subject.game.networks[subject.network]!);
  return importWeights(await readWeights(file), shapes, convention, file);
}

/** The network of a run's newest sound checkpoint: its average, where there is one and not the other is asked for. */
async function storedWeights(
  runFolder: string,
  { game, network }: Subject,
  trained: boolean,
): Promise<{ source: string; weights: Weights }> {
  const root = join(runFolder, 'checkpoints');
  const newest = await newestValid(root, ({ problems }) =>
    process.stderr.write(`${problems[0]?.message ?? 'damaged'}, passed over\n`),
  );
  if (newest === null) throw new WorkerError('checkpoint', `${root} holds no valid checkpoint; train first`);
  const where = trained ? 'networks' : (sampledFrom(game)[network] ?? 'networks');
  const prefix = `${where}/${network}/`;
  const { tensors } = await readCheckpoint(newest.path);
  const weights = [...tensors]
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, tensor]): [string, WeightArray] => {
      const { shape, data } = fromNamed(tensor);
      return [path.slice(prefix.length), { shape, values: Float32Array.from(data) }];
    });
  return { source: newest.path, weights: new Map(weights) };
}
