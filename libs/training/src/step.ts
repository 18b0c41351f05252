/** One training step as a pure function: phases in order, each forward, backward, all-reduce, update; then averages. */
import { allReduce } from '@kiln/collectives';
import { nameScope, random, type Key } from '@kiln/engine';
import { updateAverage, type BatchStatistics, type Named } from '@kiln/nn';
import { isMove, type Game, type Phase, type Rule } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { circumstances, declarationOf } from './circumstances.ts';
import { nextScaling, overflowVote, scaleMetric, skippedMetric, unlessOverflow } from './loss-scale.ts';
import { makeMove, type Board, type MoveOptions } from './move.ts';
import { initialSlots, type TrainingState } from './state.ts';

/** What changes from step to step; all of it enters the compiled function as arguments. */
export type StepInputs = {
  readonly batches: readonly { readonly images: tf.Tensor; readonly labels: tf.Tensor }[];
  /** int32 `[localBatch]`: positions of this worker's samples in a global batch. */
  readonly rows: tf.Tensor;
  readonly key: Key;
  /** int32 scalar. */
  readonly step: tf.Scalar;
  /** float32 scalars by player. */
  readonly learningRates: { readonly [player: string]: tf.Tensor };
  /** float32 scalars by averaged network. */
  readonly decays: { readonly [network: string]: tf.Tensor };
  /** float32 scalars by name. */
  readonly schedules: { readonly [name: string]: tf.Tensor };
  /** float32 `[numVotes]`: 1 where this worker asks all workers for something after this step. */
  readonly votes: tf.Tensor;
};

export interface StepOptions {
  readonly batchStatistics: BatchStatistics;
  readonly worldSize: number;
  /** Row of the game's stages. Default 0. */
  readonly stage?: number;
  /** Begin with new optimiser slots. */
  readonly resetOptimizers?: boolean;
  /** Micro-batches of each worker's batch. Default 1. */
  readonly accumulate?: number;
  /** Bytes of gradient per all-reduce. */
  readonly bucketBytes?: number;
  /** Also return every all-reduced gradient, for checks. */
  readonly reportGradients?: boolean;
}

export type StepOutputs = {
  /** float32 `[metricNames.length + numVotes]`: metrics, then votes, averaged over workers. */
  readonly report: tf.Tensor;
  readonly gradients: { readonly [phase: string]: Named };
};

export interface StepResult {
  readonly state: TrainingState;
  readonly outputs: StepOutputs;
  /** Names of the metrics in the report, known once the step was traced. */
  readonly metricNames: string[];
}

export function playStep(
  game: Game,
  phases: readonly Phase[],
  state: TrainingState,
  inputs: StepInputs,
  options: StepOptions,
): StepResult {
  const globalBatch = inputs.rows.shape[0]! * options.worldSize;
  const draws = { key: random.fold(inputs.key, inputs.step), globalBatch };
  const metrics = new Map<string, tf.Tensor[]>();
  const gradients: Record<string, Named> = {};
  const { networks, scaling } = state;
  const lossScale = scaling['scale'];
  const checked: tf.Tensor[] = [];
  const slots = options.resetOptimizers === true ? initialSlots(game, networks) : state.slots;
  const start: Board = { networks, slots, declared: state.declared };
  let board = start;

  for (const phase of phases) {
    if (!isMove(phase)) {
      board = nameScope(phase.name, () => followRule(game, phase, board, inputs, globalBatch, options));
      continue;
    }
    for (let index = 0; index < phase.steps; index++) {
      const label = phase.steps === 1 ? phase.name : `${phase.name}${index + 1}`;
      const batch = { ...inputs.batches[index]!, rows: inputs.rows };
      const rate = inputs.learningRates[phase.player]!;
      const result = nameScope(label, () =>
        makeMove(game, phase, board, batch, draws, rate, moveOptions(inputs, options, label, lossScale)),
      );
      board = result.board;
      for (const [name, value] of Object.entries(result.metrics))
        metrics.set(name, [...(metrics.get(name) ?? []), value]);
      if (lossScale !== undefined)
        checked.push(...Object.values(result.gradients), ...Object.values(result.metrics));
      if (options.reportGradients === true) gradients[label] = result.gradients;
    }
  }

  const averages = nameScope('averages', () =>
    Object.fromEntries(
      game.averages.map(({ network }) => [
        network,
        updateAverage(state.averages[network]!, board.networks[network]!, inputs.decays[network]!),
      ]),
    ),
  );
  let next: TrainingState = { ...board, averages, scaling };
  if (lossScale !== undefined) {
    const overflow = overflowVote(checked);
    next = {
      ...unlessOverflow(overflow, { ...start, averages: state.averages }, { ...board, averages }),
      scaling: nextScaling(scaling, overflow),
    };
    metrics.set(scaleMetric, [lossScale]);
    metrics.set(skippedMetric, [overflow]);
  }
  const metricNames = [...metrics.keys()];
  const values = metricNames.map((name) => tf.mean(tf.stack(metrics.get(name)!)));
  const report = tf.concat([...(values.length > 0 ? [tf.stack(values)] : []), inputs.votes]);
  return {
    state: next,
    // One small collective carries metrics and votes, so all workers learn both after the same step.
    outputs: { report: allReduce(report, 'mean', 'report'), gradients },
    metricNames,
  };
}

function moveOptions(
  inputs: StepInputs,
  options: StepOptions,
  label: string,
  lossScale: tf.Tensor | undefined,
): MoveOptions {
  const { batchStatistics, stage = 0, accumulate = 1, bucketBytes } = options;
  return {
    forward: { training: true, batchStatistics, stage, schedules: inputs.schedules },
    accumulate,
    label,
    lossScale,
    ...(bucketBytes === undefined ? {} : { bucketBytes }),
  };
}

function followRule(
  game: Game,
  { rule }: Rule,
  board: Board,
  inputs: StepInputs,
  globalBatch: number,
  { stage = 0 }: StepOptions,
): Board {
  const imagesPerStep = globalBatch * inputs.batches.length;
  const changed = rule({ ...circumstances(stage, board.declared, inputs.schedules), imagesPerStep });
  for (const name of Object.keys(changed)) declarationOf(game, name);
  return { ...board, declared: { ...board.declared, ...changed } };
}
