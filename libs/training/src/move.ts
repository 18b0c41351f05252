/** One move of a player: forward, backward, all-reduce, update. Pure; part of the compiled step. */
import { allReduce, allReduceTree } from '@kiln/collectives';
import { nameScope, valueAndGrad } from '@kiln/engine';
import type { ForwardOptions, Named, Variables } from '@kiln/nn';
import type { Game, Move, Play } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { circumstances, declarationOf } from './circumstances.ts';
import { applyGradientRules } from './gradient-rules.ts';
import { unscaled } from './loss-scale.ts';
import { after, microBatches, type MicroBatch } from './micro-batches.ts';
import { NetworkTable } from './network-table.ts';
import { noise, rowsOfDraws, type NoiseSource } from './noise.ts';
import { ownedParams, withOwnedParams, type TrainingState } from './state.ts';

/** What a move starts from and replaces. */
export type Board = Pick<TrainingState, 'networks' | 'slots' | 'declared'>;

export interface MoveOptions {
  readonly forward: ForwardOptions & { readonly stage: number; readonly schedules: Named };
  /** Micro-batches of this worker's batch. */
  readonly accumulate: number;
  readonly bucketBytes?: number;
  /** float32 scalar that the loss is multiplied with. */
  readonly lossScale?: tf.Tensor | undefined;
  /** Names the move among all of a step's, and keeps its draws apart from theirs. */
  readonly label: string;
}

export interface MoveResult {
  readonly board: Board;
  /** All-reduced, of the parameters that the loss used. */
  readonly gradients: Named;
  readonly metrics: Named;
}

export function makeMove(
  game: Game,
  move: Move,
  board: Board,
  batch: MicroBatch,
  draws: Omit<NoiseSource, 'rows'>,
  learningRate: tf.Tensor,
  options: MoveOptions,
): MoveResult {
  const player = game.players[move.player]!;
  const params = ownedParams(board.networks, player.owns);
  const { accumulate, bucketBytes, label, lossScale } = options;
  const { shrink = 1, drawFactor = 1 } = move;

  const parts: Differentiated[] = [];
  let summed: Named | undefined;
  for (const piece of microBatches(batch, accumulate, shrink)) {
    // A piece waits for the gradients of the one before it, and the first for the move before this one.
    const gated = after(piece, accumulate === 1 ? [] : Object.values(summed ?? params));
    const taken = shrink === 1 ? gated.rows : tf.floorDiv(gated.rows, tf.scalar(shrink, 'int32'));
    const source = {
      ...draws,
      globalBatch: (draws.globalBatch / shrink) * drawFactor,
      rows: rowsOfDraws(taken, drawFactor),
    };
    const part = differentiate(game, move, board, gated, noise(source, label), params, options);
    summed = summed === undefined ? part.gradients : added(summed, part.gradients);
    parts.push(part);
  }
  const local = accumulate === 1 ? summed! : mapNamed(summed!, (gradient) => tf.div(gradient, accumulate));

  const reduced = allReduceTree(backwards(local), 'mean', {
    label: 'gradients',
    ...(bucketBytes === undefined ? {} : { bucketBytes }),
  });
  const gradients = lossScale === undefined ? reduced : unscaled(reduced, lossScale);
  const used = Object.fromEntries(Object.entries(params).filter(([path]) => gradients[path] !== undefined));
  const slots = board.slots[move.player]!;
  const updated = nameScope('update', () => {
    const ruled = applyGradientRules(player.gradients ?? {}, gradients, used);
    const next = player.optimizer.update(ruled, slots, used, learningRate);
    return player.constrain === undefined ? next : { ...next, params: player.constrain(next.params) };
  });
  const trained = withOwnedParams(board.networks, player.owns, { ...params, ...updated.params });
  return {
    board: {
      networks: withStats(trained, parts),
      slots: { ...board.slots, [move.player]: { ...slots, ...updated.slots } },
      declared: { ...board.declared, ...agreed(game, parts) },
    },
    gradients,
    metrics: averageOf(parts.map(({ metrics }) => metrics)),
  };
}

/** What one micro-batch gives. */
interface Differentiated {
  readonly gradients: Named;
  readonly stats: Readonly<Record<string, Named>>;
  readonly state: Named;
  readonly metrics: Named;
}

function differentiate(
  game: Game,
  move: Move,
  board: Board,
  batch: MicroBatch,
  draws: ReturnType<typeof noise>,
  params: Named,
  { forward, lossScale }: MoveOptions,
): Differentiated {
  const player = game.players[move.player]!;
  const lossOf = move.loss ?? ((play: Play) => player.loss(play));
  let used: ReadonlySet<string> = new Set();
  // Names leave beside the tree of tensors: tags have slashes.
  let [metricNames, stateNames]: [string[], string[]] = [[], []];
  const { loss, aux, grads } = valueAndGrad((trained: Named) => {
    const networks = withOwnedParams(board.networks, player.owns, trained);
    const table = new NetworkTable(game.networks, networks, forward);
    const {
      loss: value,
      metrics = {},
      state = {},
    } = lossOf({
      batch: { images: batch.images, labels: batch.labels },
      batchSize: batch.rows.size * (move.drawFactor ?? 1),
      ...draws,
      ...circumstances(forward.stage, board.declared, forward.schedules),
      apply: (name, ...inputs) => table.apply(name, inputs),
      meanOverWorkers: (x, label) => allReduce(x, 'mean', label),
    });
    [metricNames, stateNames, used] = [Object.keys(metrics), Object.keys(state), table.used];
    return {
      loss: lossScale === undefined ? value : tf.mul(value, lossScale),
      aux: { stats: table.stats(), metrics: Object.values(metrics), state: Object.values(state) },
    };
  }, params);
  const lossName = `loss/${move.loss === undefined ? move.player : move.name}`;
  return {
    // A growing network's other stages take no part: their parameters and slots stay as they are.
    gradients: Object.fromEntries(Object.entries(grads).filter(([path]) => used.has(path))),
    stats: aux.stats,
    state: named(stateNames, aux.state),
    metrics: {
      [lossName]: lossScale === undefined ? loss : tf.div(loss, lossScale),
      ...named(metricNames, aux.metrics),
    },
  };
}

/** Statistics advance once a move: every micro-batch starts from the same ones, and the mean of what they made of them counts. */
function withStats(
  networks: Readonly<Record<string, Variables>>,
  parts: readonly Differentiated[],
): Record<string, Variables> {
  return Object.fromEntries(
    Object.entries(networks).map(([name, { params }]) => [
      name,
      { params, stats: averageOf(parts.map(({ stats }) => stats[name]!)) },
    ]),
  );
}

/** Declared state as all workers will hold it. */
function agreed(game: Game, parts: readonly Differentiated[]): Named {
  const names = Object.keys(parts[0]!.state);
  const isMean = (name: string): boolean => declarationOf(game, name).combine === 'mean';
  const means = averageOf(parts.map(({ state }) => pick(state, names.filter(isMean))));
  return {
    ...pick(
      parts[0]!.state,
      names.filter((name) => !isMean(name)),
    ),
    ...allReduceTree(means, 'mean', { label: 'declared state' }),
  };
}

/** The mean of each tensor over several trees. One that is the same tensor everywhere was not touched, and stays. */
function averageOf(trees: readonly Named[]): Named {
  return mapNamed(trees[0]!, (value, path) => {
    const values = trees.map((tree) => tree[path]!);
    return values.every((other) => other === value) ? value : tf.div(tf.addN(values), values.length);
  });
}

/** Back-propagation yields the last layer's gradients first: buckets in that order can leave while it goes on. */
function backwards(grads: Named): Named {
  return Object.fromEntries(Object.entries(grads).toReversed());
}

function added(a: Named, b: Named): Named {
  return mapNamed(a, (value, path) => tf.add(value, b[path]!));
}

const named = (names: readonly string[], values: readonly tf.Tensor[]): Named =>
  Object.fromEntries(names.map((name, index) => [name, values[index]!]));

const pick = (tree: Named, names: readonly string[]): Named =>
  Object.fromEntries(names.map((name) => [name, tree[name]!]));

const mapNamed = (tree: Named, change: (value: tf.Tensor, path: string) => tf.Tensor): Named =>
  Object.fromEntries(Object.entries(tree).map(([path, value]) => [path, change(value, path)]));
