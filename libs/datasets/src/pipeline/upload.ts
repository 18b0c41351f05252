/** Puts host arrays into tensors of TensorFlow's own dtypes, most of which tfjs cannot name. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { HostArray } from '../sources/source.ts';
import { op, reshape } from './ops.ts';

/** The caller owns the tensor. */
export function upload(array: HostArray): tf.Tensor {
  const shape = [...array.shape];
  switch (array.kind) {
    case 'int32':
      return tf.tensor(array.data, shape, 'int32');
    case 'string':
      return tf.tensor([...array.data], shape, 'string');
    case 'int64':
    case 'uint8':
      return fromBytes(
        new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength),
        DataType[array.kind],
        shape,
      );
  }
}

/** The bytes travel as one string, which TensorFlow then takes apart. */
function fromBytes(bytes: Uint8Array, dtype: number, shape: number[]): tf.Tensor {
  return tf.tidy(() => {
    const text = tf.tensor([bytes], [1], 'string');
    return reshape(
      op('DecodeRaw', [text], { out_type: attr.type(dtype), little_endian: attr.bool(true) }),
      shape,
    );
  });
}
