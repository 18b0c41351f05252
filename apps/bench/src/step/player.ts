/** A network with its optimiser, as the games of the benchmark train it. */
import { random } from '@kiln/engine';
import {
  initialize,
  type ForwardOptions,
  type Named,
  type Network,
  type Optimizer,
  type Variables,
} from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';

export type Player = { readonly variables: Variables; readonly slots: Named };

export const training: ForwardOptions = { training: true, batchStatistics: 'local' };

export function newPlayer(network: Network, optimizer: Optimizer, seed: number, stream: string): Player {
  const variables = initialize(network, random.key(seed, stream));
  return { variables, slots: optimizer.init(variables.params) };
}

/** `stats`: what the passes of this update have left. */
export function updated(
  optimizer: Optimizer,
  { variables, slots }: Player,
  grads: Named,
  stats: Named,
  learningRate: tf.Tensor,
): Player {
  const next = optimizer.update(grads, slots, variables.params, learningRate);
  return { variables: { params: next.params, stats }, slots: next.slots };
}
