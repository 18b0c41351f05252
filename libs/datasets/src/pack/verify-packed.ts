/** Reads every byte of a packed set and compares hashes, lengths, checksums and index; names what is wrong. Without TensorFlow. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { DatasetError, fileError } from '../errors.ts';
import { withWindow } from '../files/file-window.ts';
import { checkShardSizes, damaged, type Manifest, readIndex, readManifest } from '../files/packed-index.ts';
import { checkRecordBytes } from '../files/tfrecord-index.ts';
import { type Problem, problemOf } from './problem.ts';

export interface VerifyReport {
  readonly path: string | null;
  readonly examples: number;
  readonly problems: readonly Problem[];
}

/** `onProgress`: bytes read so far, of all. Throws only if there is no readable manifest. */
export async function verifyPacked(
  path: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<VerifyReport> {
  const manifest = await readManifest(path);
  const bytes = manifest.shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const problems: DatasetError[] = [];
  const attempt = async (check: () => Promise<void>) => {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      problems.push(error);
    }
  };
  await attempt(() => checkIndex(path, manifest));
  let done = 0;
  for (const shard of manifest.shards) {
    await attempt(() => checkShard(path, manifest, shard, (read) => onProgress((done += read), bytes)));
  }
  return {
    path,
    examples: manifest.examples,
    problems: problems.map(problemOf),
  };
}

async function checkIndex(path: string, manifest: Manifest): Promise<void> {
  const { file } = await readIndex(path, manifest);
  for (const [i, shard] of manifest.shards.entries()) {
    const rows = file.filter((number) => number === i).length;
    if (rows !== shard.examples)
      throw damaged(join(path, shard.file), `has ${shard.examples} examples, and ${rows} rows in the index`);
  }
}

/** A shard whose hash is wrong is gone through record by record, to say where. */
async function checkShard(
  path: string,
  manifest: Manifest,
  shard: Manifest['shards'][number],
  onRead: (bytes: number) => void,
): Promise<void> {
  await checkShardSizes(path, { ...manifest, shards: [shard] });
  const file = join(path, shard.file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      onRead((chunk as Buffer).length);
    }
  } catch (cause) {
    throw fileError(file, cause);
  }
  if (hash.digest('hex') === shard.sha256) return;
  await checkRecords(path, manifest, shard);
  throw damaged(file, 'its hash is not the one in dataset.json, though every record is sound');
}

async function checkRecords(
  path: string,
  manifest: Manifest,
  shard: Manifest['shards'][number],
): Promise<void> {
  const table = await readIndex(path, manifest);
  const number = manifest.shards.indexOf(shard);
  withWindow(join(path, shard.file), (window) => {
    for (const [i, owner] of table.file.entries())
      if (owner === number)
        checkRecordBytes(window, { offset: Number(table.offset[i]), length: Number(table.length[i]) });
  });
}
