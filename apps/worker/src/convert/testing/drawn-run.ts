/** Weights that no fresh network has, and the images of a run, for tests of what `kiln convert` moves. */
import { random, readTree } from '@kiln/engine';
import { writeSafetensors, type WeightArray, type Weights } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import { readRun } from '../../read-run.ts';
import { gameOf, resolveConfig } from '../../resolve-config.ts';
import { openTrained } from '../../trained-game.ts';
import { subjectOf } from '../subject.ts';

export interface DrawnSubject {
  readonly recipe: string;
  readonly set: string[];
}

/** A file of Kiln's with numbers of N(0, 1) everywhere; smaller in front of images, which are clipped. A single network's names go without its own. */
export async function drawnFile(
  file: string,
  { recipe, set }: DrawnSubject,
  network: string,
): Promise<Weights> {
  const { shapes, networks } = subjectOf(await resolveConfig(recipe, { set, dryRun: true }), network);
  const tensors = [...shapes].map(([path, shape]) => {
    const numbers = random.normal([...shape], random.key(1, path));
    return path.includes('image') ? tf.mul(numbers, 0.05) : numbers;
  });
  const values = await readTree(tensors);
  const prefix = networks.length === 1 ? networks[0]!.length + 1 : 0;
  const weights = [...shapes].map(([path, shape], i): [string, WeightArray] => [
    path.slice(prefix),
    { shape, values: values.get(String(i)) as Float32Array },
  ]);
  await writeSafetensors(file, new Map(weights));
  return new Map(weights);
}

/** Four images of a run. */
export async function imagesOf(run: string, options: { truncation?: number } = {}): Promise<Float32Array> {
  const config = await readRun(run);
  const { drawer, variables, images } = await openTrained(run, config, gameOf(config), options);
  return (await drawer.draw(variables, { seeds: [1, 2, 3, 4], classes: [0, 0, 0, 0], images, ...options }))
    .images;
}

export const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
