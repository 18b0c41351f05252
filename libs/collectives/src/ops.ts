/** The ops themselves: executed at once, or added to the function being traced. Not on the gradient tape. */
import { isTracing, rawOp, rawOpAsync } from '@kiln/engine';
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { rank, worldSize } from './group.ts';
import { CollectiveError } from './errors.ts';

export type Reduction = 'sum' | 'mean' | 'max';

/**
 * In a traced function a call meets the peers' calls of the same node, so any number may be under way in any order.
 * Eager calls run one after the other, so they meet in order, and a peer that calls something else is found at once.
 */
function commonAttrs(label: string): Record<string, Uint8Array> {
  if (label === '') throw new CollectiveError('bad-argument', 'a collective needs a label');
  return { label: attr.string(label), ...(isTracing() ? {} : { key: attr.string('eager') }) };
}

function run(
  op: string,
  inputs: (tf.Tensor | tf.Tensor[])[],
  label: string,
  attrs: Record<string, Uint8Array>,
): tf.Tensor[] {
  // TensorFlow must not put collectives in an order: they overlap with each other and with the computation.
  return rawOp(op, inputs, { ...commonAttrs(label), ...attrs }, { ordered: false });
}

/** All tensors of one dtype. */
export function allReduceOp(tensors: tf.Tensor[], reduction: Reduction, label: string): tf.Tensor[] {
  return run('KilnAllReduce', [tensors], label, { reduction: attr.string(reduction) });
}

/** A sum on the lane of ops that wait: it neither stands behind a long op of the compute lane nor holds one up. */
export async function allReduceAside(tensor: tf.Tensor, label: string): Promise<tf.Tensor> {
  const attrs = { ...commonAttrs(label), reduction: attr.string('sum') };
  const [sum] = await rawOpAsync('KilnAllReduce', [[tensor]], attrs, { lane: 'input' });
  return sum as tf.Tensor;
}

/** All tensors of one dtype. */
export function broadcastOp(tensors: tf.Tensor[], root: number, label: string): tf.Tensor[] {
  return run('KilnBroadcast', [tensors], label, { root: attr.int(root) });
}

export function allGatherOp(tensor: tf.Tensor, label: string): tf.Tensor {
  return tf.tidy(() => {
    // Shape inference takes the number of ranks from the length of this vector.
    const members = tf.range(0, worldSize(), 1, 'int32');
    const [gathered] = run('KilnAllGather', [[tensor], members], label, { rank: attr.int(rank()) });
    return gathered as tf.Tensor;
  });
}
