/** Reads one TFRecord by its place. No op reads a range of a file as such; a dataset of one record, opened at an offset, does. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { op, reshape, toInt64 } from './ops.ts';

const FRAME_BYTES = 16;

/**
 * `file`: string scalar; `offset` and `length`: int64 scalars. Gives the image feature's bytes, after TensorFlow has checked
 * the checksums of the record.
 */
export function readRecordImage(
  file: tf.Tensor,
  offset: tf.Tensor,
  length: tf.Tensor,
  imageKey: string,
): tf.Tensor {
  const strings = { output_types: attr.typeList([DataType.string]), output_shapes: attr.shapeList([[]]) };
  const one = toInt64(tf.scalar(1, 'int32'));
  const buffer = op('AddV2', [length, toInt64(tf.scalar(FRAME_BYTES, 'int32'))]);
  const records = op(
    'TFRecordDatasetV2',
    [reshape(file, [1]), tf.scalar('', 'string'), buffer, reshape(offset, [1])],
    {
      metadata: attr.string(''),
    },
  );
  const first = op('TakeDataset', [records, one], { ...strings, metadata: attr.string('') });
  const record = op('DatasetToSingleElement', [first], { ...strings, metadata: attr.string('') });
  // An empty default means that the feature must be there.
  return op('ParseSingleExample', [record, [tf.tensor1d([], 'string')]], {
    num_sparse: attr.int(0),
    sparse_keys: attr.stringList([]),
    dense_keys: attr.stringList([imageKey]),
    sparse_types: attr.typeList([]),
    Tdense: attr.typeList([DataType.string]),
    dense_shapes: attr.shapeList([[]]),
  });
}
