/** An optimiser is a pair of pure functions: what it remembers at first, and one update. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Named } from '../scope.ts';

export interface Optimizer {
  readonly name: string;
  /** The optimiser's memory of `params`, all of it checkpointed. Made by ops, since `tf.zeros` makes an array in JavaScript. */
  init(params: Named): Named;
  /** `learningRate`: float32 scalar, an input of the compiled step so that a schedule needs no new trace. */
  update(grads: Named, slots: Named, params: Named, learningRate: tf.Tensor): { params: Named; slots: Named };
}

/** The tensor `name` of a tree that is known to hold it. */
export function slot(tree: Named, name: string): tf.Tensor {
  const value = tree[name];
  if (value === undefined) throw new Error(`optimiser slot "${name}" is missing`);
  return value;
}
