/** Image sources as tf.data graphs in an exact global order. */
export { openDataset, type BatchOptions, type Dataset } from './dataset.ts';
export type { Batch, BatchIterator } from './batch-iterator.ts';
export { describeDataset, type DatasetDescription } from './description.ts';
export { parseDataSpec } from './spec/parse-data-spec.ts';
export { packDataset, type PackOptions, type PackProgress, type PackReport } from './pack/pack-dataset.ts';
export { inspectDataset, type DatasetReport } from './pack/inspect-dataset.ts';
export { verifyDataset } from './pack/verify-dataset.ts';
export type { VerifyReport } from './pack/verify-packed.ts';
export { DIGITS_HELD_OUT, DIGITS_TRAIN, digitsSpec } from './digits.ts';
export type {
  Cifar10Spec,
  CommonSpec,
  DataSpec,
  FolderSpec,
  IdxSpec,
  PackedSpec,
  ShapesSpec,
  SourceName,
  TfrecordSpec,
} from './spec/data-spec.ts';
export { DatasetError, type DatasetErrorCode } from './errors.ts';

// What sibling libs need.
export { checkSpec } from './spec/spec-keys.ts';
export { positionsOf, resolveOrder, type Order, type OrderOptions } from './order.ts';
