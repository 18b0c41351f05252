/** Reads a shard in one pass and believes nothing of it before its hashes fit. */
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { asCheckpointError, CheckpointError } from './checkpoint-error.ts';
import { openToRead, slices } from './durable-files.ts';
import type { ShardRecord, TensorRecord } from './manifest.ts';
import { headerLength, parseHeader, prefixBytes, type TensorRange } from './safetensors-header.ts';
import { typeText, type NamedTensor } from './tensor.ts';

/** Which tensors' data to keep. */
export type Wanted = (name: string) => boolean;

const scratchBytes = 4 * 2 ** 20;

/**
 * Reads the whole shard, checks its length, header, and every hash of its record, and returns the wanted tensors.
 * Memory is taken for wanted tensors only, and only after the file's real length has been compared with the record.
 */
export async function readShard(folder: string, record: ShardRecord, wanted: Wanted): Promise<NamedTensor[]> {
  return withShard(folder, record, async (source, ranges, header, whole) => {
    whole.update(header);
    const scratch = Buffer.allocUnsafe(Math.min(scratchBytes, record.bytes));
    const kept: NamedTensor[] = [];
    for (const { name, dtype, shape, begin, end, sha256 } of ranges) {
      const keep = wanted(name);
      const data = keep ? new Uint8Array(end - begin) : null;
      const own = createHash('sha256');
      for (let at = begin; at < end; at += scratchBytes) {
        const target = (data?.subarray(at - begin) ?? scratch).subarray(0, Math.min(scratchBytes, end - at));
        await source.read(target, header.length + at);
        whole.update(target);
        own.update(target);
      }
      source.compare(own, sha256, `data of tensor ${JSON.stringify(name)}`);
      if (data) kept.push({ name, dtype, shape, data });
    }
    source.compare(whole, record.sha256, 'file');
    return kept;
  });
}

/** Reads only the wanted tensors, each checked by its own hash: for ranks that need a part of what others wrote. */
export async function readTensors(
  folder: string,
  record: ShardRecord,
  wanted: Wanted,
): Promise<NamedTensor[]> {
  return withShard(folder, record, async (source, ranges, header) => {
    const kept: NamedTensor[] = [];
    for (const { name, dtype, shape, begin, end, sha256 } of ranges.filter((range) => wanted(range.name))) {
      const data = new Uint8Array(end - begin);
      const own = createHash('sha256');
      let at = header.length + begin;
      for (const slice of slices(data)) {
        await source.read(slice, at);
        own.update(slice);
        at += slice.length;
      }
      source.compare(own, sha256, `data of tensor ${JSON.stringify(name)}`);
      kept.push({ name, dtype, shape, data });
    }
    return kept;
  });
}

type Range = TensorRange & { readonly sha256: string };

async function withShard<T>(
  folder: string,
  record: ShardRecord,
  use: (source: ShardSource, ranges: readonly Range[], header: Uint8Array, whole: Hash) => Promise<T>,
): Promise<T> {
  const file = join(folder, record.file);
  const handle = await openToRead(file);
  try {
    const { size } = await handle.stat();
    if (size !== record.bytes)
      throw new CheckpointError('truncated', file, `${size} bytes, the manifest says ${record.bytes}`);
    const source = new ShardSource(handle, file);
    const prefix = new Uint8Array(Math.min(prefixBytes, size));
    await source.read(prefix, 0);
    const header = new Uint8Array(prefixBytes + headerLength(prefix, size, file));
    await source.read(header, 0);
    const found = parseHeader(header.subarray(prefixBytes), size - header.length, file);
    return await use(source, matchRecords(found, record.tensors, file), header, createHash('sha256'));
  } catch (error) {
    throw asCheckpointError(error, file, 'reading');
  } finally {
    await handle.close();
  }
}

class ShardSource {
  readonly #handle: FileHandle;
  readonly #file: string;

  constructor(handle: FileHandle, file: string) {
    this.#handle = handle;
    this.#file = file;
  }

  async read(target: Uint8Array, position: number): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      const { bytesRead } = await this.#handle.read(
        target,
        filled,
        target.length - filled,
        position + filled,
      );
      if (bytesRead === 0)
        throw new CheckpointError(
          'truncated',
          this.#file,
          `ends at byte ${position + filled} while being read`,
        );
      filled += bytesRead;
    }
  }

  compare(actual: Hash, recorded: string, what: string): void {
    if (actual.digest('hex') !== recorded)
      throw new CheckpointError(
        'corrupt',
        this.#file,
        `${what} does not have the SHA-256 that the manifest states`,
      );
  }
}

/** The header must list exactly what the manifest lists. */
function matchRecords(
  found: readonly TensorRange[],
  records: readonly TensorRecord[],
  file: string,
): Range[] {
  const refuse = (reason: string) => new CheckpointError('corrupt', file, reason);
  const expected = new Map(records.map((record) => [record.name, record]));
  if (found.length !== records.length) {
    throw refuse(`header lists ${found.length} tensors, the manifest ${records.length}`);
  }
  return found.map((range) => {
    const record = expected.get(range.name);
    const name = JSON.stringify(range.name);
    if (!record) throw refuse(`header lists tensor ${name}, the manifest does not`);
    if (typeText(range) !== typeText(record)) {
      throw refuse(`tensor ${name} is ${typeText(range)}, the manifest says ${typeText(record)}`);
    }
    return { ...range, sha256: record.sha256 };
  });
}
