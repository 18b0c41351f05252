/** A network: one forward function over a scope, and the two ways of running it (initialise, apply). */
import type { Key } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import {
  ApplyingStore,
  InitializingStore,
  Scope,
  type ForwardOptions,
  type Named,
  type Variables,
} from './scope.ts';

/**
 * `forward` is single-device code: it sees one worker's batch. `inputs` gives each argument's shape with the batch
 * size left out, which is all that is needed to declare the variables.
 */
export interface Network {
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: 'float32' | 'int32' }[];
  forward(scope: Scope, ...inputs: tf.Tensor[]): tf.Tensor;
}

/**
 * Declares and draws all variables of `network`. Meant to be traced: the forward pass it needs for the shapes is
 * then removed as dead code.
 */
export function initialize(network: Network, key: Key): Variables {
  const store = new InitializingStore(key);
  // Two samples, because statistics over a batch of one are degenerate.
  network.forward(
    new Scope(store),
    ...network.inputs.map(({ shape, dtype }) => tf.zeros([2, ...shape], dtype)),
  );
  return { params: store.params, stats: store.stats };
}

/**
 * Runs `network`; returns its output, all of its statistics, updated where training updates them, and the paths of the
 * parameters that it asked for: a growing network leaves those of other stages alone.
 */
export function apply(
  network: Network,
  variables: Variables,
  inputs: tf.Tensor[],
  options: ForwardOptions,
): { output: tf.Tensor; stats: Named; used: ReadonlySet<string> } {
  const store = new ApplyingStore(variables, options);
  const output = network.forward(new Scope(store), ...inputs);
  return { output, stats: store.stats, used: store.used };
}
