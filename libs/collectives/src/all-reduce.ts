/** Element-wise sum, mean or maximum over the ranks; every rank gets the same bits. */
import { flattenTree, tfType, type Tree, unflattenTree } from '@kiln/engine';
import { DataType, dataTypeName } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { defaultBucketBytes, planBuckets } from './buckets.ts';
import { CollectiveError } from './errors.ts';
import { differentiable, noGradient } from './gradient.ts';
import { worldSize } from './group.ts';
import { allReduceOp, type Reduction } from './ops.ts';

const floats = new Set<number>([DataType.float, DataType.double, DataType.half, DataType.bfloat16]);
const integers = new Set<number>([DataType.int32, DataType.int64]);

function checkType(x: tf.Tensor, reduction: Reduction, label: string): void {
  const dtype = tfType(x);
  if (floats.has(dtype) || (integers.has(dtype) && reduction !== 'mean')) return;
  const advice = integers.has(dtype) ? 'use a sum, or cast to float32' : 'cast to float32';
  throw new CollectiveError(
    'bad-argument',
    `all-reduce '${label}' cannot take a ${reduction} of ${dataTypeName(dtype)}; ${advice}`,
  );
}

function withGradient<T extends tf.Tensor>(x: T, value: T, reduction: Reduction, label: string): T {
  if (reduction === 'max') return differentiable(x, value, noGradient(`all-reduce max '${label}'`));
  return differentiable(x, value, (dy) => allReduce(dy, reduction, `${label}/gradient`));
}

/**
 * Sums are taken in rank order; a mean divides by the size that the group has when the function runs. The gradient is
 * the same reduction of dy: what each rank differentiates is its own loss, and the sum (mean) of these is the whole.
 */
export function allReduce<T extends tf.Tensor>(x: T, reduction: Reduction, label: string): T {
  checkType(x, reduction, label);
  if (worldSize() === 1) return tf.clone(x);
  const [value] = allReduceOp([x], reduction, label);
  return withGradient(x, value as T, reduction, label);
}

export interface TreeOptions {
  label: string;
  /** Small buckets start early and overlap with what is still computed, large ones cost less each. Default 4 MiB. */
  bucketBytes?: number;
}

/**
 * All-reduces every leaf, several to a call. Buckets fill in the tree's order: give gradients in the order in which
 * back-propagation yields them, output layers first, and the first buckets are on their way while it goes on.
 */
export function allReduceTree<T extends Tree>(tree: T, reduction: 'mean' | 'sum', options: TreeOptions): T {
  const { label, bucketBytes = defaultBucketBytes } = options;
  const leaves = flattenTree(tree);
  for (const [path, leaf] of leaves) checkType(leaf, reduction, `${label}/${path}`);
  const reduced = new Map<string, tf.Tensor>();
  if (worldSize() === 1) {
    for (const [path, leaf] of leaves) reduced.set(path, tf.clone(leaf));
    return unflattenTree(tree, reduced);
  }
  for (const [index, bucket] of planBuckets(leaves, bucketBytes).entries()) {
    const inputs = bucket.map((path) => leaves.get(path) as tf.Tensor);
    const values = allReduceOp(inputs, reduction, `${label}/${index}`);
    bucket.forEach((path, i) => {
      const leaf = inputs[i] as tf.Tensor;
      reduced.set(path, withGradient(leaf, values[i] as tf.Tensor, reduction, `${label}/${path}`));
    });
  }
  return unflattenTree(tree, reduced);
}
