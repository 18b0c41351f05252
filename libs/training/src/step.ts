/** One training step as a pure function: phases in order, each forward, backward, all-reduce, update; then averages. */
import { allReduce, allReduceTree } from '@kiln/collectives';
import { nameScope, random, valueAndGrad, type Key } from '@kiln/engine';
import { apply, updateAverage, type BatchStatistics, type Named, type Variables } from '@kiln/nn';
import type { Batch, Game, Phase, Play } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { noise, type Noise, type NoiseSource } from './noise.ts';
import { ownedParams, withOwnedParams, type TrainingState } from './state.ts';

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
  /** float32 `[numVotes]`: 1 where this worker asks all workers for something after this step. */
  readonly votes: tf.Tensor;
};

export interface StepOptions {
  readonly batchStatistics: BatchStatistics;
  readonly worldSize: number;
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
  const source: NoiseSource = { key: random.fold(inputs.key, inputs.step), rows: inputs.rows, globalBatch };
  const metrics = new Map<string, tf.Scalar[]>();
  const gradients: Record<string, Named> = {};
  let { networks, slots } = state;

  for (const phase of phases) {
    for (let index = 0; index < phase.steps; index++) {
      const label = phase.steps === 1 ? phase.name : `${phase.name}${index + 1}`;
      nameScope(label, () => {
        const update = playPhase(
          game,
          phase,
          { networks, slots },
          inputs,
          index,
          noise(source, label),
          options,
        );
        networks = update.networks;
        slots = { ...slots, [phase.player]: update.slots };
        for (const [name, value] of Object.entries(update.metrics))
          metrics.set(name, [...(metrics.get(name) ?? []), value]);
        if (options.reportGradients === true) gradients[label] = update.gradients;
      });
    }
  }

  const averages = nameScope('averages', () =>
    Object.fromEntries(
      game.averages.map(({ network }) => [
        network,
        updateAverage(state.averages[network]!, networks[network]!, inputs.decays[network]!),
      ]),
    ),
  );
  const metricNames = [...metrics.keys()];
  const values = tf.stack(metricNames.map((name) => tf.mean(tf.stack(metrics.get(name)!))));
  return {
    state: { networks, slots, averages },
    // One small collective carries metrics and votes, so all workers learn both after the same step.
    outputs: { report: allReduce(tf.concat([values, inputs.votes]), 'mean', 'report'), gradients },
    metricNames,
  };
}

interface PhaseUpdate {
  readonly networks: Record<string, Variables>;
  readonly slots: Named;
  readonly gradients: Named;
  readonly metrics: Record<string, tf.Scalar>;
}

function playPhase(
  game: Game,
  phase: Phase,
  { networks, slots }: Pick<TrainingState, 'networks' | 'slots'>,
  inputs: StepInputs,
  index: number,
  draws: Noise,
  options: StepOptions,
): PhaseUpdate {
  const player = game.players[phase.player]!;
  const params = ownedParams(networks, player.owns);
  let names: string[] = [];
  const { loss, aux, grads } = valueAndGrad((trained: Named) => {
    const table = new NetworkTable(
      game,
      withOwnedParams(networks, player.owns, trained),
      options.batchStatistics,
    );
    const result = player.loss(playOn(inputs.batches[index]!, draws, table));
    names = Object.keys(result.metrics ?? {});
    return { loss: result.loss, aux: { stats: table.stats(), metrics: Object.values(result.metrics ?? {}) } };
  }, params);
  const gradients = allReduceTree(backwards(grads), 'mean', {
    label: 'gradients',
    ...(options.bucketBytes === undefined ? {} : { bucketBytes: options.bucketBytes }),
  });
  const updated = nameScope('update', () =>
    player.optimizer.update(gradients, slots[phase.player]!, params, inputs.learningRates[phase.player]!),
  );
  const trained = withOwnedParams(networks, player.owns, updated.params);
  const next = Object.fromEntries(
    Object.entries(trained).map(([name, variables]) => [
      name,
      { params: variables.params, stats: aux.stats[name] ?? variables.stats },
    ]),
  );
  return {
    networks: next,
    slots: updated.slots,
    gradients,
    metrics: {
      [`loss/${phase.player}`]: loss,
      ...Object.fromEntries(names.map((name, i) => [name, aux.metrics[i]!])),
    },
  };
}

/** The networks of one forward pass; statistics move along as networks are applied. */
class NetworkTable {
  readonly #game: Game;
  readonly #variables: Record<string, Variables>;
  readonly #batchStatistics: BatchStatistics;

  constructor(game: Game, variables: Record<string, Variables>, batchStatistics: BatchStatistics) {
    this.#game = game;
    this.#variables = { ...variables };
    this.#batchStatistics = batchStatistics;
  }

  apply(name: string, inputs: tf.Tensor[]): tf.Tensor {
    const network = this.#game.networks[name];
    const variables = this.#variables[name];
    if (network === undefined || variables === undefined)
      throw new RangeError(
        `the game has no network "${name}"; it has ${Object.keys(this.#game.networks).join(', ')}`,
      );
    const options = { training: true, batchStatistics: this.#batchStatistics };
    const { output, stats } = nameScope(name, () => apply(network, variables, inputs, options));
    this.#variables[name] = { params: variables.params, stats };
    return output;
  }

  stats(): Record<string, Named> {
    return Object.fromEntries(Object.entries(this.#variables).map(([name, { stats }]) => [name, stats]));
  }
}

function playOn(batch: Batch, draws: Noise, table: NetworkTable): Play {
  return {
    batch,
    batchSize: batch.images.shape[0]!,
    ...draws,
    apply: (name, ...networkInputs) => table.apply(name, networkInputs),
  };
}

/** Back-propagation yields the last layer's gradients first: buckets in that order can leave while it goes on. */
function backwards(grads: Named): Named {
  return Object.fromEntries(Object.entries(grads).toReversed());
}
