/** One rank's values for all. Every rank passes tensors of the same shapes; the values of other ranks are not used. */
import { flattenTree, type Tree, unflattenTree } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { planBuckets } from './buckets.ts';
import { CollectiveError } from './errors.ts';
import { differentiable, noGradient } from './gradient.ts';
import { worldSize } from './group.ts';
import { broadcastOp } from './ops.ts';

// Broadcasts come before training, where nothing overlaps with them.
const bucketBytes = 64 * 2 ** 20;

function checkRoot(root: number, label: string): void {
  if (Number.isInteger(root) && root >= 0 && root < worldSize()) return;
  throw new CollectiveError(
    'bad-argument',
    `broadcast '${label}' from rank ${root}: there are ranks 0 to ${worldSize() - 1}`,
  );
}

export function broadcast<T extends tf.Tensor>(x: T, root: number, label: string): T {
  checkRoot(root, label);
  if (worldSize() === 1) return tf.clone(x);
  const [value] = broadcastOp([x], root, label);
  return differentiable(x, value as T, noGradient(`broadcast '${label}'`));
}

export function broadcastTree<T extends Tree>(tree: T, root: number, label: string): T {
  checkRoot(root, label);
  const leaves = flattenTree(tree);
  const received = new Map<string, tf.Tensor>();
  if (worldSize() === 1) {
    for (const [path, leaf] of leaves) received.set(path, tf.clone(leaf));
    return unflattenTree(tree, received);
  }
  for (const [index, bucket] of planBuckets(leaves, bucketBytes).entries()) {
    const inputs = bucket.map((path) => leaves.get(path) as tf.Tensor);
    const values = broadcastOp(inputs, root, `${label}/${index}`);
    bucket.forEach((path, i) => {
      const value = values[i] as tf.Tensor;
      received.set(path, differentiable(inputs[i] as tf.Tensor, value, noGradient(`broadcast '${label}'`)));
    });
  }
  return unflattenTree(tree, received);
}
