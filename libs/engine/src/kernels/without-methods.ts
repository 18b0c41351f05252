/**
 * tfjs-node's kernels for these call operations as methods of tensors (`x.sub(y)`). All of tfjs has those methods, tfjs-core, which
 * the engine loads, has not.
 */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { rawOp } from '../raw-op.ts';
import { kernel } from './kernel.ts';

export const exp = kernel('Exp', ({ x }) => {
  // A cast to the type it has would be one more array.
  const real = x!.dtype === 'float32' ? x! : tf.cast(x!, 'float32');
  return rawOp('Exp', [real])[0]!;
});

export const prelu = kernel('Prelu', ({ x, alpha }) => {
  const negative = tf.mul(tf.mul(alpha!, tf.sub(x!, tf.abs(x!))), 0.5);
  return tf.add(tf.relu(x!), negative);
});

const extremeIndex = (name: 'ArgMax' | 'ArgMin'): tf.KernelConfig =>
  kernel<{ axis: number }>(name, ({ x }, { axis }) => {
    const numbers = x!.dtype === 'bool' ? tf.cast(x!, 'int32') : x!;
    const output = { output_type: attr.type(DataType.int32) };
    return rawOp(name, [numbers, tf.scalar(axis, 'int32')], output)[0]!;
  });

export const argMax = extremeIndex('ArgMax');
export const argMin = extremeIndex('ArgMin');
