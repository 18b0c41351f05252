/**
 * Every phase of a game's first step by itself, from one state: gradients, statistics, declared state and losses before
 * anything was updated. What a phase does is then not seen through what an optimiser made of the phases before it.
 */
import { rank, worldSize } from '@kiln/collectives';
import { compile, random, StateCell } from '@kiln/engine';
import type { Dataset } from '@kiln/datasets';
import { isMove, type Game, type Phase, type Stage } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { activePhases } from '../phases.ts';
import { freshState, restored, stateEntries, type Snapshot } from '../snapshot.ts';
import type { TrainingState } from '../state.ts';
import { playStep, type StepInputs, type StepOptions, type StepOutputs } from '../step.ts';

export interface FirstMovesOptions {
  readonly game: Game;
  readonly dataset: Dataset;
  readonly seed: number;
  readonly start: Snapshot;
  /** Global batch. */
  readonly batch: number;
  readonly accumulate?: number;
  readonly batchStatistics?: 'global' | 'local';
  /** A mistake to be found: the first rank takes three quarters of the batch, and ranks count alike all the same. */
  readonly uneven?: boolean;
}

/** By `stage/phase/path`. */
export interface FirstMoves {
  /** All-reduced. */
  readonly gradients: Record<string, Float32Array>;
  /** Batch and running statistics of all networks, and declared state, after the phase. */
  readonly carried: Record<string, Float32Array>;
  /** Losses and other metrics. */
  readonly metrics: Record<string, number>;
}

export async function firstMoves(options: FirstMovesOptions): Promise<FirstMoves> {
  const { game, dataset, seed, batch } = options;
  const rows = rowsOf(options);
  const feed = dataset.batches({ seed, batch, rank: 0, worldSize: 1, startIndex: 0 });
  const { images, labels } = await feed.next();
  const own = tf.tensor1d(rows, 'int32');
  const batches = [{ images: tf.gather(images, own), labels: tf.gather(labels, own) }];
  const result: FirstMoves = { gradients: {}, carried: {}, metrics: {} };
  for (const [stage] of (game.stages ?? [undefined]).entries()) {
    for (const phase of activePhases(game, 0, stage)) {
      const inputs: StepInputs = {
        batches,
        rows: own,
        key: random.key(seed, 'step'),
        step: tf.scalar(0, 'int32'),
        votes: tf.zeros([0]),
        learningRates: scalars(game.players, () => 0),
        schedules: scalars(game.schedules ?? {}, (schedule) => schedule(amid(game.stages, stage))),
        decays: Object.fromEntries(game.averages.map(({ network }) => [network, tf.scalar(0)])),
      };
      const label = `${game.stages?.[stage]?.name ?? 'step'}/${phase.name}`;
      await play(label, phase, inputs, result, { ...options, stage, share: batch / rows.length });
    }
  }
  await feed.close();
  return result;
}

async function play(
  label: string,
  phase: Phase,
  inputs: StepInputs,
  result: FirstMoves,
  {
    game,
    seed,
    start,
    accumulate = 1,
    batchStatistics = 'global',
    stage,
    share,
  }: FirstMovesOptions & { stage: number; share: number },
): Promise<void> {
  const options: StepOptions = {
    batchStatistics,
    // How many times this rank's samples make up the batch: the number of ranks, where they share it evenly.
    worldSize: share,
    stage,
    accumulate,
    reportGradients: true,
  };
  let names: string[] = [];
  const once = isMove(phase) ? { ...phase, steps: 1 } : phase;
  const compiled = compile<TrainingState, StepInputs, StepOutputs>('first', (state, given) => {
    const { state: next, outputs, metricNames } = playStep(game, [once], state, given, options);
    names = metricNames;
    return { state: next, outputs };
  });
  const cell = new StateCell(restored(await freshState(game, seed), start));
  const { report, gradients } = await compiled.run(cell, inputs);
  const values = await report.data();
  names.forEach((name, index) => (result.metrics[`${label}/${name}`] = values[index]!));
  for (const [path, gradient] of Object.entries(gradients[phase.name] ?? {}))
    result.gradients[`${label}/${path}`] = Float32Array.from(await gradient.data());
  for (const [path, tensor] of stateEntries(cell.value))
    if (/^(networks\/\w+\/stats|declared)\//.test(path))
      result.carried[`${label}/${path}`] = Float32Array.from(await tensor.data());
  compiled.dispose();
  cell.dispose();
}

function rowsOf({ batch, uneven = false }: FirstMovesOptions): number[] {
  const ranks = worldSize();
  const first = uneven ? (batch * 3) / 4 : batch / ranks;
  const others = ranks === 1 ? 0 : (batch - first) / (ranks - 1);
  const begin = rank() === 0 ? 0 : first + (rank() - 1) * others;
  return Array.from({ length: rank() === 0 ? first : others }, (_, i) => begin + i);
}

/** Images at which a stage is half over; the last one has just begun. */
function amid(stages: readonly Stage[] | undefined, stage: number): number {
  const from = stages?.[stage]?.fromKimg ?? 0;
  return ((from + (stages?.[stage + 1]?.fromKimg ?? from)) / 2) * 1000;
}

const scalars = <T>(of: Readonly<Record<string, T>>, value: (each: T) => number): Record<string, tf.Scalar> =>
  Object.fromEntries(Object.entries(of).map(([name, each]) => [name, tf.scalar(value(each))]));
