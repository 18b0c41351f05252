/** A reshape to the shape that a tensor has is no op: in a graph it would keep TensorFlow from fusing its neighbours. */
import * as tf from '@tensorflow/tfjs-core';
import { rawOp } from '../raw-op.ts';
import { kernel } from './kernel.ts';

export const reshape = kernel<{ shape: number[] }>('Reshape', ({ x }, { shape }) =>
  tf.util.arraysEqual(x!.shape, shape)
    ? tf.clone(x!)
    : rawOp('Reshape', [x!, tf.tensor1d(shape, 'int32')])[0]!,
);
