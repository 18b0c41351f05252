/** From shards in a staging folder to a checkpoint that a power cut cannot undo. */
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { hashRecords, verifyCheckpoint } from './checkpoint.ts';
import { asCheckpointError, CheckpointError } from './checkpoint-error.ts';
import { createDurably, disk, renameDurably, replaceDurably, syncFolder } from './durable-files.ts';
import { isTemporary, latestFile, manifestFile, shardFile, stagingPath, stepName } from './layout.ts';
import {
  encodeManifest,
  firstRepeated,
  maxManifestBytes,
  parseShardRecord,
  type Manifest,
  type Meta,
  type ShardRecord,
} from './manifest.ts';

/** A checkpoint that can be named: its step, its folder, what its manifest says. */
export type CheckpointRef = { readonly step: number; readonly path: string; readonly manifest: Manifest };

export type Commit = {
  /** The run's `checkpoints` folder. */
  readonly root: string;
  readonly step: number;
  readonly staging: string;
  /** One record for each shard, in any order. */
  readonly shards: readonly ShardRecord[];
  /** All names that the shards together must hold, no more and no fewer. */
  readonly expectedTensors?: readonly string[];
  readonly meta: Meta;
  /** Never removed by `retain`. */
  readonly permanent?: boolean;
};

/** Makes a staging folder for one attempt to save `step`; the nonce tells attempts apart. */
export async function beginCheckpoint(
  root: string,
  step: number,
  nonce: string = randomBytes(6).toString('hex'),
): Promise<string> {
  const staging = stagingPath(root, step, nonce);
  try {
    await disk.mkdir(root, { recursive: true });
    await disk.mkdir(staging);
  } catch (error) {
    throw asCheckpointError(error, staging, 'making a folder for the checkpoint');
  }
  return staging;
}

/**
 * Checks that the shards are all there and hold what they must, writes the manifest last, and renames the staging folder
 * into place. When it returns, the checkpoint is durable; when it throws, the staging folder is gone and every older
 * checkpoint is as it was.
 */
export async function commitCheckpoint(commit: Commit): Promise<CheckpointRef> {
  const { root, step, staging } = commit;
  if (resolve(dirname(staging)) !== resolve(root) || !isTemporary(staging)) {
    throw new CheckpointError('usage', staging, `is not a staging folder of ${root}`);
  }
  try {
    const manifest = await writeManifest(commit);
    const path = join(root, stepName(step));
    if (await isSameState(path, manifest)) await abandonCheckpoint(staging);
    else await moveIntoPlace(staging, path);
    // Only a hint, and the checkpoint is durable already: a disk that filled up meanwhile must not undo it.
    await replaceDurably(join(root, latestFile), `${stepName(step)}\n`).catch(() => {});
    return { step, path, manifest };
  } catch (error) {
    await abandonCheckpoint(staging).catch(() => {});
    throw asCheckpointError(error, staging, 'committing');
  }
}

/** Removes what a failed attempt left. Refuses any folder that is not a staging folder. */
export async function abandonCheckpoint(staging: string): Promise<void> {
  if (!isTemporary(staging)) throw new CheckpointError('usage', staging, 'is not a staging folder');
  await disk.rm(staging, { recursive: true, force: true });
}

async function writeManifest({
  staging,
  step,
  shards,
  expectedTensors,
  meta,
  permanent = false,
}: Commit): Promise<Manifest> {
  const file = join(staging, manifestFile);
  const records = shards
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
    .map((record, index) => parseShardRecord(record, shardFile(index, shards.length), file));
  if (records.length === 0) throw new CheckpointError('incomplete', staging, 'no shards were written');
  for (const { file: name, bytes } of records) {
    const shard = join(staging, name);
    const { size } = await disk.stat(shard).catch((error: unknown) => {
      throw asCheckpointError(error, shard, 'committing');
    });
    if (size !== bytes)
      throw new CheckpointError('truncated', shard, `${size} bytes, its writer reported ${bytes}`);
  }
  checkCoverage(staging, records, expectedTensors);
  const manifest: Manifest = { step, permanent, createdAt: new Date().toISOString(), meta, shards: records };
  const text = Buffer.from(encodeManifest(manifest));
  if (text.length > maxManifestBytes)
    throw new CheckpointError('usage', file, `${text.length} bytes, at most ${maxManifestBytes} allowed`);
  await createDurably(file, (handle) => disk.write(handle, text));
  await syncFolder(staging);
  return manifest;
}

function checkCoverage(
  staging: string,
  records: readonly ShardRecord[],
  expected: readonly string[] | undefined,
): void {
  const names = records.flatMap(({ tensors }) => tensors.map(({ name }) => name));
  const twice = firstRepeated(names);
  if (twice !== null)
    throw new CheckpointError(
      'incomplete',
      staging,
      `tensor ${JSON.stringify(twice)} was written by two ranks`,
    );
  if (!expected) return;
  const found = new Set(names);
  const wanted = new Set(expected);
  const missing = expected.find((name) => !found.has(name));
  if (missing !== undefined)
    throw new CheckpointError(
      'incomplete',
      staging,
      `tensor ${JSON.stringify(missing)} was written by no rank`,
    );
  const extra = names.find((name) => !wanted.has(name));
  if (extra !== undefined)
    throw new CheckpointError(
      'incomplete',
      staging,
      `tensor ${JSON.stringify(extra)} is not part of the state`,
    );
}

/** Whether a sound checkpoint of exactly this state is there already: a run that was resumed from an earlier step repeats itself. */
async function isSameState(path: string, manifest: Manifest): Promise<boolean> {
  const found = await verifyCheckpoint(path);
  return (
    found.manifest !== null &&
    found.problems.length === 0 &&
    hashRecords(found.manifest) === hashRecords(manifest)
  );
}

/** An older folder of the same step, which a resume has passed over or left behind, is set aside first and kept if it is damaged. */
async function moveIntoPlace(staging: string, path: string): Promise<void> {
  const aside = `${path}.tmp-replaced-${randomBytes(4).toString('hex')}`;
  const found = await verifyCheckpoint(path);
  const exists = await disk.stat(path).then(
    () => true,
    () => false,
  );
  if (exists)
    await renameDurably(path, found.problems.length > 0 ? aside.replace('.tmp-replaced', '.damaged') : aside);
  await renameDurably(staging, path);
  if (exists && found.problems.length === 0) await abandonCheckpoint(aside);
}
