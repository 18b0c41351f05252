/** Moves drawn weights into PyTorch and compares what comes out: what the proofs of networks share. */
import { join } from 'node:path';
import { random, readTree } from '@kiln/engine';
import { initialize, type Named, type Network, type Variables } from '@kiln/nn';
import {
  exportWeights,
  importWeights,
  readSafetensors,
  writeSafetensors,
  type Convention,
  type WeightArray,
  type Weights,
} from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { ensurePython } from '../../apps/bench/src/python.ts';
import { run } from './kiln.ts';

/** Drawn weights, and statistics as after some training: all of them count, also those that start at 0 or 1. */
export function trained(network: Network, seed: number): Variables {
  const { params, stats } = initialize(network, random.key(seed, 'weights'));
  let stream = 0;
  const moved = (value: tf.Tensor): tf.Tensor =>
    tf.add(value, tf.mul(random.normal(value.shape, random.key(seed, `move/${stream++}`)), 0.1));
  const each = (named: Named, move: (path: string, value: tf.Tensor) => tf.Tensor): Named =>
    Object.fromEntries(Object.entries(named).map(([path, value]) => [path, move(path, value)]));
  return {
    params: each(params, (path, value) => (path.endsWith('kernel') ? value : moved(value))),
    stats: each(stats, (path, value) => (/\.(mean|u)$/.test(path) ? moved(value) : value)),
  };
}

export async function hostCopy(variables: Variables): Promise<Weights> {
  const values = await readTree(variables);
  const entries = (['params', 'stats'] as const).flatMap((kind) =>
    Object.entries(variables[kind]).map(([path, { shape }]): [string, WeightArray] => [
      `${kind}/${path}`,
      { shape, values: values.get(`${kind}/${path}`) as Float32Array },
    ]),
  );
  return new Map(entries);
}

/**
 * Writes the weights for the other program, and refuses a convention that does not lead back to the same numbers: to the
 * bit, or within a tolerance where the other program stores multiples of them.
 */
export async function handOver(
  file: string,
  variables: Variables,
  convention: Convention,
  { tolerance = 0 }: { tolerance?: number } = {},
): Promise<void> {
  const ours = await hostCopy(variables);
  await writeSafetensors(file, exportWeights(ours, convention));
  const shapes = new Map([...ours].map(([path, { shape }]) => [path, shape]));
  const back = importWeights(await readSafetensors(file), shapes, convention, file);
  for (const [path, { values }] of ours)
    if (
      !path.endsWith('.sigma') &&
      back.get(path)!.values.some((value, i) => Math.abs(value - values[i]!) > tolerance)
    )
      throw new Error(`${path} comes back changed`);
}

/** Runs a script of this folder on one of weights and inputs; it prints facts as its last line and writes `outputs.safetensors`. */
export async function torch(
  script: string,
  folder: string,
  packages: string[],
): Promise<{ facts: Record<string, unknown>; outputs: Weights }> {
  const python = await ensurePython(['torch==2.15.0', 'numpy', ...packages]);
  const { code, output } = await run(python, [join(import.meta.dirname, script), folder]);
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0) throw new Error(output);
  return {
    facts: JSON.parse(last) as Record<string, unknown>,
    outputs: await readSafetensors(join(folder, 'outputs.safetensors')),
  };
}

/** Largest difference between a tensor and its counterpart, over the counterpart's largest number. */
export async function difference(ours: tf.Tensor, theirs: WeightArray | undefined): Promise<number> {
  if (theirs === undefined || theirs.values.length !== ours.size)
    throw new Error('the other side has another shape');
  const values = await ours.data();
  const largest = theirs.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return theirs.values.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!)), 0) / largest;
}

/** How many parameters. */
export const size = (variables: Variables): string =>
  String(Object.values(variables.params).reduce((sum, value) => sum + value.size, 0));
