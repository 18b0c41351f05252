/**
 * tfjs-node's gather reads the indices to check them, which stops a trace and stalls every eager call.
 * TensorFlow checks them itself on CPUs, and on GPUs gives zeros for an index out of range.
 */
import * as tf from '@tensorflow/tfjs-core';
import { attr } from '@kiln/tensorflow';
import { rawOp } from '../raw-op.ts';
import { kernel } from './kernel.ts';

export const gather = kernel<{ axis: number; batchDims: number }>(
  'GatherV2',
  ({ x, indices }, { axis, batchDims }) => {
    const where = tf.scalar(axis, 'int32');
    return rawOp('GatherV2', [x!, indices!, where], { batch_dims: attr.int(batchDims) })[0]!;
  },
);
