/** A run folder around weights from elsewhere: to sample from, and to train on from. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beginCheckpoint, commitCheckpoint, writeShard } from '@kiln/checkpoints';
import { random, viewTree } from '@kiln/engine';
import { initialState, stateEntries, Timeline } from '@kiln/training';
import type { Weights } from '@kiln/weights';
import { toNamed } from '../named-tensors.ts';
import type { RunConfig } from '../run-config.ts';
import { WorkerError } from '../worker-error.ts';
import type { Subject } from './subject.ts';

/**
 * The state before the first step, or of a game that grows before the first of its last stage, with `weights` for the networks and
 * their averages: by `<network>/…` for both, or for one of the two by its path in the state. Throws `WorkerError` for a folder that holds something.
 */
export async function makeRun(
  folder: string,
  plan: RunConfig,
  { game }: Subject,
  weights: Weights,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [first] = await readdir(folder);
  if (first !== undefined)
    throw new WorkerError(
      'coordinator',
      `${folder} is to be a new run and holds ${first}; name another folder`,
    );
  const state = initialState(game, random.key(plan.seed, 'weights'), plan.precision);
  const entries = stateEntries(state);
  const { bytes, release } = await viewTree(entries.map(([, tensor]) => tensor));
  const tensors = entries.map(([path, { shape, dtype }], index) => {
    const both = /^(?:networks|averages)\/(.*)$/.exec(path)?.[1] ?? '';
    const values = (weights.get(path) ?? weights.get(both))?.values;
    const own =
      values === undefined
        ? bytes.get(String(index))!
        : new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return toNamed({ path, shape, dtype, bytes: own });
  });
  const root = join(folder, 'checkpoints');
  const { startStep: step, startImages: cursor } = new Timeline(game, plan.batch).segments.at(-1)!;
  const staging = await beginCheckpoint(root, step);
  const shards = [await writeShard(staging, 0, 1, tensors)];
  release();
  const meta = {
    step,
    cursor,
    rollbacks: 0,
    images: cursor,
    kimg: cursor / 1000,
    seed: plan.seed,
    worldSize: 1,
    recipe: plan.recipe,
  };
  await commitCheckpoint({ root, step, staging, shards, meta });
  // Last: a folder with it is a run.
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(plan, null, 2)}\n`);
}
