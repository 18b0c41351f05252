/** A trained game, read from a run's newest valid checkpoint: what `kiln sample` and `kiln evaluate` draw from. */
import { join } from 'node:path';
import { newestValid, readCheckpoint, type Meta, type NamedTensor } from '@kiln/checkpoints';
import { startEngine } from '@kiln/engine';
import type { Game } from '@kiln/recipes';
import { SampleDrawer, sampledFrom, type SampleVariables } from '@kiln/training';
import * as tf from '@tensorflow/tfjs-core';
import { checkStanding } from './check-standing.ts';
import { checkTruncation } from './check-truncation.ts';
import { fromNamed } from './named-tensors.ts';
import type { RunConfig } from './run-config.ts';
import { warn } from './warn.ts';
import { WorkerError } from './worker-error.ts';

/** How images are drawn, beside seeds and classes. */
export interface DrawOptions {
  /** Largest number in z, or psi: what the recipe's sampler says. */
  readonly truncation?: number;
  /** Layers that psi reaches. */
  readonly cutoff?: number;
  /** Batches of samples from which batch statistics are estimated anew; 0: the running ones. */
  readonly standing?: number;
}

export interface TrainedGame {
  readonly drawer: SampleDrawer;
  readonly variables: SampleVariables;
  /** Real images seen in training. */
  readonly images: number;
  readonly step: number;
  readonly checkpoint: string;
  /** Of the checkpoint. */
  readonly meta: Meta;
}

/** Throws `WorkerError` when the run has no valid checkpoint or the game does not know what is asked. Starts the engine. */
export async function openTrained(
  runFolder: string,
  config: RunConfig,
  game: Game,
  options: DrawOptions,
): Promise<TrainedGame> {
  checkTruncation(config.recipe, options, game.sampler);
  const root = join(runFolder, 'checkpoints');
  const passedOver: string[] = [];
  const newest = await newestValid(root, ({ problems }) =>
    passedOver.push(problems[0]?.message ?? 'damaged'),
  );
  if (newest === null)
    throw new WorkerError(
      'checkpoint',
      `${root} holds no valid checkpoint; train first, or see kiln checkpoint list ${runFolder}${passedOver.map((reason) => `\n  passed over: ${reason}`).join('')}`,
    );
  for (const reason of passedOver) warn(`${reason}, passed over`);
  startEngine({ device: config.device });
  const { manifest, tensors } = await readCheckpoint(newest.path);
  const { cursor: images } = manifest.meta as { cursor: number };
  const drawer = new SampleDrawer(game, config.batch);
  const stored = storedVariables(game, tensors);
  const numBatches = options.standing ?? 0;
  checkStanding(config.recipe, numBatches, stored);
  const variables =
    numBatches === 0 ? stored : await drawer.standingStatistics(stored, { numBatches, images });
  return { drawer, variables, images, step: manifest.step, checkpoint: newest.path, meta: manifest.meta };
}

/** The truncation of a request to the drawer, without keys that were not given. */
export const truncationOf = ({
  truncation,
  cutoff,
}: DrawOptions): { truncation?: number; cutoff?: number } => ({
  ...(truncation === undefined ? {} : { truncation }),
  ...(cutoff === undefined ? {} : { cutoff }),
});

/** What the sampler needs of a checkpoint's tensors. */
function storedVariables(game: Game, tensors: ReadonlyMap<string, NamedTensor>): SampleVariables {
  const under = (prefix: string): Record<string, tf.Tensor> => {
    const found: Record<string, tf.Tensor> = {};
    for (const [name, stored] of tensors) {
      if (!name.startsWith(prefix)) continue;
      const { shape, data } = fromNamed(stored);
      found[name.slice(prefix.length)] = tf.tensor(data, [...shape]);
    }
    return found;
  };
  const networks = Object.entries(sampledFrom(game)).map(([name, where]) => [
    name,
    { params: under(`${where}/${name}/params/`), stats: under(`${where}/${name}/stats/`) },
  ]);
  return {
    networks: Object.fromEntries(networks) as SampleVariables['networks'],
    declared: under('declared/'),
  };
}
