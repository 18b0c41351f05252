/** A small state, and a folder for it that goes when the test ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  beginCheckpoint,
  commitCheckpoint,
  planShards,
  writeShard,
  type CheckpointRef,
  type NamedTensor,
  type ShardRecord,
} from '../src/index.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-checkpoints-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Tensors of several types and sizes, among them an empty one and a scalar, different for each seed. */
export function sampleState(seed = 1): NamedTensor[] {
  let value = seed * 7919;
  const bytes = (length: number) =>
    Uint8Array.from({ length }, () => (value = (value * 48271) % 2147483647) & 255);
  return [
    { name: 'G/dense/kernel', dtype: 'F32', shape: [13, 7], data: bytes(13 * 7 * 4) },
    { name: 'G/dense/bias', dtype: 'F32', shape: [7], data: bytes(28) },
    { name: 'G/empty', dtype: 'F32', shape: [0, 3], data: bytes(0) },
    { name: 'D/conv/kernel', dtype: 'F16', shape: [3, 3, 5], data: bytes(90) },
    { name: 'D/adam/step', dtype: 'I32', shape: [], data: bytes(4) },
    { name: 'D/mask', dtype: 'BOOL', shape: [5], data: Uint8Array.of(1, 0, 1, 1, 0) },
    { name: 'counter', dtype: 'I64', shape: [2], data: bytes(16) },
    { name: 'Gema/größe "q"', dtype: 'U8', shape: [11], data: bytes(11) },
  ];
}

export async function writeShards(
  staging: string,
  tensors: NamedTensor[],
  numShards: number,
): Promise<ShardRecord[]> {
  const plan = planShards(
    tensors.map(({ name, data }) => ({ name, bytes: data.byteLength })),
    numShards,
  );
  return Promise.all(
    Array.from({ length: numShards }, (_, shard) =>
      writeShard(
        staging,
        shard,
        numShards,
        tensors.filter(({ name }) => plan.get(name) === shard),
      ),
    ),
  );
}

/** Saves as a run of `numShards` workers would. */
interface SaveOptions {
  numShards?: number;
  tensors?: ReturnType<typeof sampleState>;
  permanent?: boolean;
  /** What was measured of the run. */
  values?: Record<string, number>;
  goodStep?: number;
}

export async function save(
  root: string,
  step: number,
  { numShards = 2, tensors = sampleState(step), permanent = false, values = {}, goodStep }: SaveOptions = {},
): Promise<CheckpointRef> {
  const staging = await beginCheckpoint(root, step);
  const shards = await writeShards(staging, tensors, numShards);
  const meta = { step, images: step * 64, seed: 3, measured: { step, values }, goodStep };
  return commitCheckpoint({
    root,
    step,
    staging,
    shards,
    expectedTensors: tensors.map(({ name }) => name),
    meta,
    permanent,
  });
}
