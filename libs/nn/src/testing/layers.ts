/** What tests of layers share: a layer with its variables, run as a network would run it. */
import { random } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { ApplyingStore, InitializingStore, Scope, type ForwardOptions, type Variables } from '../scope.ts';

export type Forward = (scope: Scope) => tf.Tensor;

const training: ForwardOptions = { training: true, batchStatistics: 'local' };

/** The variables that `forward` asks for, as they start. */
export function variablesOf(forward: Forward, seed = 1): Variables {
  const store = new InitializingStore(random.key(seed, 'test'));
  forward(new Scope(store));
  return { params: store.params, stats: store.stats };
}

export function run(
  forward: Forward,
  variables: Variables,
  options: Partial<ForwardOptions> = {},
): { y: tf.Tensor; variables: Variables } {
  const store = new ApplyingStore(variables, { ...training, ...options });
  const y = forward(new Scope(store));
  return { y, variables: { params: variables.params, stats: store.stats } };
}

/** N(0, 1), the same for the same arguments. */
export const draws = (shape: number[], stream = 'x'): tf.Tensor =>
  random.normal(shape, random.key(7, stream));

export const values = (x: tf.Tensor): number[] => [...x.dataSync()];

/** The largest difference of two tensors of one shape. */
export function distance(a: tf.Tensor, b: tf.Tensor): number {
  tf.util.assertShapesMatch(a.shape, b.shape);
  return values(tf.max(tf.abs(tf.sub(a, b))))[0]!;
}
