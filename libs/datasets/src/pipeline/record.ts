/** Reads one TFRecord by its place. No op reads a range of a file as such; a dataset of one record, opened at an offset, does. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { op, reshape, slice, toInt64 } from './ops.ts';

const FRAME_BYTES = 16;

/**
 * `file`: string [1]; `place`: int64 [1, 2], offset and length. Gives the image feature's bytes, after TensorFlow has checked
 * the checksums of the record.
 */
export function readRecordImage(file: tf.Tensor, place: tf.Tensor, imageKey: string): tf.Tensor {
  const strings = { output_types: attr.typeList([DataType.string]), output_shapes: attr.shapeList([[]]) };
  const one = toInt64(tf.scalar(1, 'int32'));
  const offset = reshape(slice(place, [0, 0], [1, 1]), [1]);
  const length = op('AddV2', [
    reshape(slice(place, [0, 1], [1, 1]), []),
    toInt64(tf.scalar(FRAME_BYTES, 'int32')),
  ]);
  const records = op('TFRecordDatasetV2', [file, tf.scalar('', 'string'), length, offset], {
    metadata: attr.string(''),
  });
  const first = op('TakeDataset', [records, one], { ...strings, metadata: attr.string('') });
  const record = op('DatasetToSingleElement', [first], { ...strings, metadata: attr.string('') });
  return op('ParseSingleExample', [record, [tf.tensor1d([], 'string')]], {
    num_sparse: attr.int(0),
    sparse_keys: attr.stringList([]),
    dense_keys: attr.stringList([imageKey]),
    sparse_types: attr.typeList([]),
    Tdense: attr.typeList([DataType.string]),
    dense_shapes: attr.shapeList([[]]),
  });
}
