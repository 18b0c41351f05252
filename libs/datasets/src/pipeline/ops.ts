/** The TensorFlow ops that the map functions use on dtypes which tfjs does not know: strings, uint8, int64. */
import { rawOp } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';

/** Runs an op with one output. Attributes that TensorFlow infers from the inputs are left out. */
export function op(
  name: string,
  inputs: (tf.Tensor | tf.Tensor[])[],
  attrs: Record<string, Uint8Array> = {},
): tf.Tensor {
  return rawOp(name, inputs, attrs)[0] as tf.Tensor;
}

export function ints(...values: number[]): tf.Tensor {
  return tf.tensor1d(values, 'int32');
}

export function toInt64(x: tf.Tensor): tf.Tensor {
  return op('Cast', [x], { DstT: attr.type(DataType.int64) });
}

export function toInt32(x: tf.Tensor): tf.Tensor {
  return op('Cast', [x], { DstT: attr.type(DataType.int32) });
}

export function toFloat(x: tf.Tensor): tf.Tensor {
  return op('Cast', [x], { DstT: attr.type(DataType.float) });
}

export function reshape(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return op('Reshape', [x, ints(...shape)]);
}

export function slice(x: tf.Tensor, begin: readonly number[], size: readonly number[]): tf.Tensor {
  return op('Slice', [x, ints(...begin), ints(...size)]);
}

/** Rows of the captured array number `which`: [n, …] and [samples] give [samples, …]. */
export function gatherRows(arrays: readonly tf.Tensor[], which: number, indices: tf.Tensor): tf.Tensor {
  return op('GatherV2', [arrays[which] as tf.Tensor, indices, tf.scalar(0, 'int32')]);
}

/** Says what shape inference cannot know; a dimension of -1 stays open. */
export function ensureShape(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return op('EnsureShape', [x], { shape: attr.shape([...shape]) });
}
