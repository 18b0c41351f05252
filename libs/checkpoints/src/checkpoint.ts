/** One finished checkpoint on the disk: reading its manifest, checking all of it, loading all or a part of it. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { asCheckpointError, CheckpointError } from './checkpoint-error.ts';
import { disk, openToRead } from './durable-files.ts';
import { isShardFile, manifestFile, stepOf } from './layout.ts';
import { maxManifestBytes, parseManifest, type Manifest, type TensorRecord } from './manifest.ts';
import { readShard, readTensors } from './shard-reader.ts';
import { byName, type NamedTensor } from './tensor.ts';

export type LoadedCheckpoint = {
  readonly manifest: Manifest;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
};

/** All that is wrong with a checkpoint; nothing is wrong where `problems` is empty. */
export type Verification = {
  readonly path: string;
  readonly manifest: Manifest | null;
  readonly problems: readonly CheckpointError[];
};

/** The manifest, checked for itself and against its folder's name; shards are not opened. */
export async function readManifest(path: string): Promise<Manifest> {
  const file = join(path, manifestFile);
  const handle = await openToRead(file);
  try {
    const { size } = await handle.stat();
    if (size > maxManifestBytes)
      throw new CheckpointError('malformed', file, `${size} bytes, at most ${maxManifestBytes} allowed`);
    const manifest = parseManifest(await handle.readFile(), file);
    const step = stepOf(basename(path));
    if (step !== null && step !== manifest.step)
      throw new CheckpointError('foreign', file, `is that of step ${manifest.step}`);
    return manifest;
  } catch (error) {
    throw asCheckpointError(error, file, 'reading');
  } finally {
    await handle.close();
  }
}

/** Reads every byte and reports every problem it finds; changes nothing, throws nothing. */
export async function verifyCheckpoint(path: string): Promise<Verification> {
  const problems: CheckpointError[] = [];
  const attempt = async <T>(action: Promise<T>): Promise<T | null> => {
    try {
      return await action;
    } catch (error) {
      problems.push(asCheckpointError(error, path, 'verifying'));
      return null;
    }
  };
  const manifest = await attempt(readManifest(path));
  for (const shard of manifest?.shards ?? []) await attempt(readShard(path, shard, () => false, 'sha256'));
  if (manifest) await attempt(refuseForeignShards(path, manifest));
  return { path, manifest, problems };
}

/** Loads every tensor; a single wrong byte anywhere refuses the whole. */
export async function readCheckpoint(path: string): Promise<LoadedCheckpoint> {
  const manifest = await readManifest(path);
  await refuseForeignShards(path, manifest);
  const tensors = new Map<string, NamedTensor>();
  for (const shard of manifest.shards) {
    for (const tensor of await readShard(path, shard, () => true, 'crc32c')) tensors.set(tensor.name, tensor);
  }
  return { manifest, tensors };
}

/** Loads some tensors of a checkpoint written with any number of shards; a name that it does not hold is an error. */
export async function readCheckpointTensors(
  path: string,
  names: Iterable<string>,
): Promise<LoadedCheckpoint> {
  const manifest = await readManifest(path);
  const missing = new Set(names);
  const tensors = new Map<string, NamedTensor>();
  for (const shard of manifest.shards) {
    const here = new Set(shard.tensors.map(({ name }) => name).filter((name) => missing.delete(name)));
    if (here.size === 0) continue;
    for (const tensor of await readTensors(path, shard, (name) => here.has(name)))
      tensors.set(tensor.name, tensor);
  }
  const [first] = missing;
  if (first !== undefined) {
    throw new CheckpointError(
      'incomplete',
      join(path, manifestFile),
      `does not hold tensor ${JSON.stringify(first)}${missing.size > 1 ? ` and ${missing.size - 1} more` : ''}`,
    );
  }
  return { manifest, tensors };
}

/**
 * SHA-256 over the whole state, read from the disk and verified: one line of name, type, shape and SHA-256 of the data for
 * each tensor, in the order of names. The same for any number of shards.
 */
export async function hashState(path: string): Promise<string> {
  const { manifest, problems } = await verifyCheckpoint(path);
  if (!manifest || problems[0]) throw problems[0] ?? new CheckpointError('missing', path, 'has no manifest');
  return hashRecords(manifest);
}

/** The state's hash by the records of a manifest alone. */
export function hashRecords(manifest: Manifest): string {
  const hash = createHash('sha256');
  for (const tensor of tensorRecords(manifest))
    hash.update(`${JSON.stringify([tensor.name, tensor.dtype, tensor.shape, tensor.sha256])}\n`);
  return hash.digest('hex');
}

/** Every tensor of a checkpoint, in the order of names. */
export const tensorRecords = (manifest: Manifest): TensorRecord[] =>
  manifest.shards.flatMap(({ tensors }) => tensors).toSorted(byName);

async function refuseForeignShards(path: string, manifest: Manifest): Promise<void> {
  const own = new Set(manifest.shards.map(({ file }) => file));
  const foreign = (await disk.readdir(path)).find((file) => isShardFile(file) && !own.has(file));
  if (foreign !== undefined)
    throw new CheckpointError('foreign', join(path, foreign), 'is a shard that the manifest does not list');
}
