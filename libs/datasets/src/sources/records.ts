/**
 * A source of records whose places in their files are known, read in random order: the graph opens the file at a record's offset
 * (TFRecordDatasetV2 takes one) and so checks the data's checksum as well.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { withWindow, type FileWindow } from '../files/file-window.ts';
import { checkRecordBytes, type RecordPlace } from '../files/tfrecord-index.ts';
import { gatherRows } from '../pipeline/ops.ts';
import { readRecordImage } from '../pipeline/record.ts';
import { faultOf } from './faults.ts';
import type { FileSource, HostArray, SourceFacts } from './source.ts';

/** One row a record. */
export interface RecordTable {
  readonly files: readonly string[];
  /** Index into `files`. */
  readonly file: Int32Array;
  readonly offset: BigInt64Array;
  readonly length: BigInt64Array;
  readonly label: Int32Array;
  /** `decodingOf` each image. */
  readonly decoding: Int32Array;
}

type Facts = Omit<SourceFacts, 'numExamples' | 'arrays' | 'locate'>;

/** `check` looks at a record that is whole, for what its decoder should not get. */
export function recordSource(
  table: RecordTable,
  facts: Facts,
  imageKey: string,
  check: (window: FileWindow, place: RecordPlace) => void,
): FileSource {
  const { files, file, offset, length, label, decoding } = table;
  const n = file.length;
  const at = (i: number) => ({
    file: files[file[i] as number] as string,
    place: { offset: Number(offset[i]), length: Number(length[i]) },
  });
  const arrays: HostArray[] = [
    { kind: 'string', shape: [files.length], data: files },
    { kind: 'int32', shape: [n], data: label },
    { kind: 'int32', shape: [n], data: file },
    { kind: 'int64', shape: [n], data: offset },
    { kind: 'int64', shape: [n], data: length },
  ];
  const isMixed = decoding.some((how) => how !== 0);
  if (isMixed) arrays.push({ kind: 'int32', shape: [n], data: decoding });
  return {
    kind: 'file',
    numExamples: n,
    ...facts,
    arrays,
    lookUp(examples, [names, labels, fileNumbers, ...places]) {
      const path = gatherRows([names as tf.Tensor], 0, gatherRows([fileNumbers as tf.Tensor], 0, examples));
      return {
        labels: gatherRows([labels as tf.Tensor], 0, examples),
        fields: [path, ...places.map((_, i) => gatherRows(places, i, examples))],
      };
    },
    isMixed,
    encoded(fields) {
      const [path, offset, length, decoding] = fields as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];
      return { contents: readRecordImage(path, offset, length, imageKey), decoding };
    },
    locate: (i) => ({ file: at(i).file, offset: at(i).place.offset }),
    fault: (i) =>
      withWindow(at(i).file, (window) =>
        faultOf(() => {
          checkRecordBytes(window, at(i).place);
          check(window, at(i).place);
        }),
      ),
  };
}
