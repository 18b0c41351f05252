/** What a step case needs of Kiln: a state, a step on it, and inputs that the benchmark makes. */
import type { Key, Tree } from '@kiln/engine';
import type { Network } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';

export type Inputs = {
  /** `[batch, 32, 32, 3]` in [-1, 1]. */
  readonly real: tf.Tensor;
  /** `[batch]`, int32 below `numClasses`. */
  readonly labels: tf.Tensor;
  readonly key: Key;
  /** int32 scalar; draws of different steps differ by it. */
  readonly step: tf.Tensor;
  readonly learningRate: tf.Tensor;
};

export type Losses = { readonly D: tf.Tensor; readonly G: tf.Tensor };

export interface Game<S extends Tree = Tree> {
  readonly batchSize: number;
  readonly learningRate: number;
  readonly networks: { readonly G: Network; readonly D: Network };
  initialState(seed: number): S;
  step(state: S, inputs: Inputs): { state: S; outputs: Losses };
}

export const numClasses = 10;
