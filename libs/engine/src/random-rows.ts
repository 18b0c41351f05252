/** Some rows of a large draw of random numbers, without making the others: a worker's own samples of a global batch. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { rawOp } from './raw-op.ts';

export interface Rows {
  /** int32 scalar: the first of the rows. */
  readonly first: tf.Tensor;
  readonly count: number;
  /** Of the whole draw. */
  readonly total: number;
}

/** TensorFlow's number for the generator that its stateless ops use on all devices but TPUs. */
const philox = 1;
/** float32 numbers that Philox makes for one value of its counter. */
const groupSize = 4;

const only = (outputs: tf.Tensor[]): tf.Tensor => outputs[0]!;
const cast = (x: tf.Tensor, dtype: number): tf.Tensor => only(rawOp('Cast', [x], { DstT: attr.type(dtype) }));
const bitcast = (x: tf.Tensor, dtype: number): tf.Tensor =>
  only(rawOp('Bitcast', [x], { type: attr.type(dtype) }));
const int64 = (value: number): tf.Tensor => cast(tf.scalar(value, 'int32'), DataType.int64);
const int64Op = (op: string, a: tf.Tensor, b: tf.Tensor): tf.Tensor => only(rawOp(op, [a, b]));

/**
 * Rows of what `op`, a stateless op for float32, draws for `[total, ...shape]` with `key`, to the last bit: the counter of
 * its generator is moved to the group in which the first row begins.
 */
export function drawRows(
  op: 'StatelessRandomNormal' | 'StatelessRandomUniform',
  shape: readonly number[],
  { first, count }: Rows,
  key: tf.Tensor,
): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const start = int64Op('Mul', cast(first, DataType.int64), int64(size));
  const group = int64Op('FloorDiv', start, int64(groupSize));
  const within = cast(int64Op('FloorMod', start, int64(groupSize)), DataType.int32);
  const [philoxKey, counter] = rawOp('StatelessRandomGetKeyCounter', [key]) as [tf.Tensor, tf.Tensor];
  const skip = only(rawOp('Pack', [[group, int64(0)]]));
  const ahead = bitcast(int64Op('AddV2', bitcast(counter, DataType.int64), skip), DataType.uint64);
  const length = count * size + (size % groupSize === 0 ? 0 : groupSize - 1);
  const numbers = only(
    rawOp(`${op}V2`, [tf.tensor1d([length], 'int32'), philoxKey, ahead, tf.scalar(philox, 'int32')], {
      dtype: attr.type(DataType.float),
    }),
  );
  return tf.reshape(rowsOf(numbers, within, [count * size]), [count, ...shape]);
}

/** `result` in shape, from row `first` on. */
export function rowsOf(x: tf.Tensor, first: tf.Tensor, result: readonly number[]): tf.Tensor {
  const begin = tf.stack([first, ...result.slice(1).map(() => tf.scalar(0, 'int32'))]);
  return only(rawOp('Slice', [x, begin, tf.tensor1d([...result], 'int32')]));
}
