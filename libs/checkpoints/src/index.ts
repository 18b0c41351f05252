/** Sharded safetensors checkpoints with a hashed manifest and an atomic commit. */
export { CheckpointError, type CheckpointErrorCode } from './checkpoint-error.ts';
export {
  hashState,
  readCheckpoint,
  readCheckpointTensors,
  readManifest,
  tensorRecords,
  verifyCheckpoint,
  type LoadedCheckpoint,
  type Verification,
} from './checkpoint.ts';
export {
  listCheckpoints,
  newestValid,
  removeAfter,
  removeStaging,
  retain,
  type BadCheckpoint,
  type CheckpointEntry,
} from './collection.ts';
export {
  abandonCheckpoint,
  beginCheckpoint,
  commitCheckpoint,
  type CheckpointRef,
  type Commit,
} from './commit.ts';
export type { Manifest, Meta, ShardRecord, TensorRecord } from './manifest.ts';
export { planShards } from './shard-plan.ts';
export { writeShard } from './shard-writer.ts';
export type { NamedTensor, TensorDtype, TensorSpec } from './tensor.ts';

// ---- for proofs and sibling libraries

export { encodeHeader, fileOrder, parseHeader, type TensorRange } from './safetensors-header.ts';
export { bytesPerElement, byteLength } from './tensor.ts';
export { shardFile, stepName } from './layout.ts';
