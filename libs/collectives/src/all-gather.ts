/** Every rank's rows, for all ranks. */
import * as tf from '@tensorflow/tfjs-core';
import { allReduce } from './all-reduce.ts';
import { CollectiveError } from './errors.ts';
import { differentiable } from './gradient.ts';
import { rank, worldSize } from './group.ts';
import { allGatherOp } from './ops.ts';

/**
 * x: `[rows, ...]` of the same shape on all ranks -> `[worldSize * rows, ...]`, concatenated in rank order. A gradient
 * sums what all ranks' losses say about this rank's rows. A function that was traced with it belongs to the group's
 * size and this rank, and says so if it runs in another.
 */
export function allGather<T extends tf.Tensor>(x: T, label: string): T {
  const [rows] = x.shape;
  if (rows === undefined)
    throw new CollectiveError('bad-argument', `all-gather '${label}' needs a first dimension, got a scalar`);
  if (worldSize() === 1) return tf.clone(x);
  const begin = [rank() * rows, ...x.shape.slice(1).map(() => 0)];
  const size = [...x.shape];
  return differentiable(x, allGatherOp(x, label) as T, (dy) =>
    tf.slice(allReduce(dy, 'sum', `${label}/gradient`), begin, size),
  );
}
