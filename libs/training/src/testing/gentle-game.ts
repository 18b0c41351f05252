/**
 * A game as its recipe made it, but trained so that results over several steps can be compared: an optimiser that does not
 * enlarge rounding, and stages of a few steps each, so that all of them come.
 */
import type { Named, Optimizer } from '@kiln/nn';
import type { Game, Stage } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { globalNorm } from '../gradient-rules.ts';
import { batchesPerStep } from '../phases.ts';

/**
 * Descent by a fixed share of the parameters' own size along the gradient of the player: how far a step goes does not depend on
 * how large a recipe's losses are, and an element that is only rounding moves by rounding. Adam, whose first steps are signs,
 * would move it by a whole learning rate, either way.
 */
export const steadyDescent = (share = 0.0003): Optimizer => ({
  name: 'steady-descent',
  init: () => ({}),
  update: (grads, slots, params) => {
    const used: Named = Object.fromEntries(Object.keys(params).map((path) => [path, grads[path]!]));
    const length = tf.div(tf.mul(globalNorm(params), share), tf.maximum(globalNorm(used), 1e-12));
    const moved = (path: string, value: tf.Tensor): tf.Tensor => tf.sub(value, tf.mul(used[path]!, length));
    return {
      params: Object.fromEntries(Object.entries(params).map(([path, value]) => [path, moved(path, value)])),
      slots,
    };
  },
});

const stepsOfStage = 2;
const wholeStage: readonly Stage[] = [{ name: '', fromKimg: 0 }];

/** Steps in which every stage has its own, and without stages a few. */
export const gentleSteps = ({ stages = wholeStage }: Game): number =>
  Math.max(6, stages.length * stepsOfStage);

/** `batch`: the run's global batch. */
export function gentleGame(game: Game, batch: number): Game {
  const { stages = wholeStage, schedules = {}, players } = game;
  const starts: number[] = [];
  for (const [index] of stages.entries()) {
    const size = Math.min(batch, stages[index - 1]?.maxBatch ?? batch) * batchesPerStep(game);
    starts.push(index === 0 ? 0 : starts[index - 1]! + stepsOfStage * size);
  }
  /** Images of the recipe's own run at which it is as far through the same stage. */
  const original = (images: number): number => {
    const index = starts.findLastIndex((start) => start <= images);
    const [start, end] = [starts[index]!, starts[index + 1]];
    const [from, to] = [stages[index]!.fromKimg * 1000, stages[index + 1]?.fromKimg];
    if (end === undefined || to === undefined) return from + images - start;
    return from + ((images - start) / (end - start)) * (to * 1000 - from);
  };
  return {
    ...game,
    players: Object.fromEntries(
      Object.entries(players).map(([name, player]) => [name, { ...player, optimizer: steadyDescent() }]),
    ),
    schedules: Object.fromEntries(
      Object.entries(schedules).map(([name, schedule]) => [
        name,
        (images: number) => schedule(original(images)),
      ]),
    ),
    ...(game.stages === undefined
      ? {}
      : { stages: stages.map((stage, index) => ({ ...stage, fromKimg: starts[index]! / 1000 })) }),
  };
}
