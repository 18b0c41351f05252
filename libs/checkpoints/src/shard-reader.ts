/** Reads a shard in one pass and believes nothing of it before its hashes fit. */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { asCheckpointError, CheckpointError } from './checkpoint-error.ts';
import { openToRead } from './durable-files.ts';
import { ioThreads, readHashed, type Sums } from './hashed-io.ts';
import { shardHash, type ShardRecord, type TensorRecord } from './manifest.ts';
import { native } from './native.ts';
import { headerLength, parseHeader, prefixBytes, type TensorRange } from './safetensors-header.ts';
import { typeText, type NamedTensor } from './tensor.ts';

/** Which tensors' data to keep. */
export type Wanted = (name: string) => boolean;

/** Where a tensor's data begin in memory: numbers of any type can be used where they were read to. */
const alignment = 64;

/**
 * Reads the whole shard, checks its length, header, and the data of every tensor by `sum`, and returns the wanted tensors.
 * Memory is taken for wanted tensors only, and only after the file's real length has been compared with the record.
 */
export const readShard = (
  folder: string,
  record: ShardRecord,
  wanted: Wanted,
  sum: keyof Sums,
): Promise<NamedTensor[]> =>
  withShard(folder, record, async (handle, file, header, ranges) => {
    const kept = await readRanges(handle, file, header.length, ranges, wanted, sum);
    const hashes = ranges.map(({ sha256 }) => sha256);
    if (shardHash(header, hashes) !== record.sha256) throw wrongSum(file, 'file', 'sha256');
    return kept;
  });

/** Reads only the wanted tensors, each checked by its own checksum: for ranks that need a part of what others wrote. */
export const readTensors = (folder: string, record: ShardRecord, wanted: Wanted): Promise<NamedTensor[]> =>
  withShard(folder, record, (handle, file, header, ranges) =>
    readRanges(
      handle,
      file,
      header.length,
      ranges.filter(({ name }) => wanted(name)),
      wanted,
      'crc32c',
    ),
  );

type Range = TensorRange & Pick<TensorRecord, keyof Sums>;

/** Reads and checks all of `ranges` and returns the data of the wanted ones, which share one block of memory. */
async function readRanges(
  handle: FileHandle,
  file: string,
  headerBytes: number,
  ranges: readonly Range[],
  wanted: Wanted,
  sum: keyof Sums,
): Promise<NamedTensor[]> {
  // A checkpoint of version 2 has no checksums.
  const used = ranges.every((range) => range[sum] !== undefined) ? sum : 'sha256';
  let total = 0;
  const places = ranges.map(({ name, begin, end }) => {
    if (!wanted(name)) return null;
    const place = total;
    total += Math.ceil((end - begin) / alignment) * alignment;
    return place;
  });
  const block = native().allocate(total);
  const parts = ranges.map(({ begin, end }, index) => ({
    position: headerBytes + begin,
    bytes: end - begin,
    memory: places[index] === null ? null : new Uint8Array(block, places[index], end - begin),
  }));
  const found = await readHashed(handle, parts, ioThreads(), file, used);
  return ranges.flatMap((range, index) => {
    const { name, dtype, shape } = range;
    if (found[index] !== range[used]) throw wrongSum(file, `data of tensor ${JSON.stringify(name)}`, used);
    const data = parts[index]!.memory;
    return data === null ? [] : [{ name, dtype, shape, data }];
  });
}

async function withShard<T>(
  folder: string,
  record: ShardRecord,
  use: (handle: FileHandle, file: string, header: Uint8Array, ranges: readonly Range[]) => Promise<T>,
): Promise<T> {
  const file = join(folder, record.file);
  const handle = await openToRead(file);
  try {
    const { size } = await handle.stat();
    if (size !== record.bytes)
      throw new CheckpointError('truncated', file, `${size} bytes, the manifest says ${record.bytes}`);
    const prefix = new Uint8Array(Math.min(prefixBytes, size));
    await readAll(handle, file, prefix);
    const header = new Uint8Array(prefixBytes + headerLength(prefix, size, file));
    await readAll(handle, file, header);
    const found = parseHeader(header.subarray(prefixBytes), size - header.length, file);
    return await use(handle, file, header, matchRecords(found, record.tensors, file));
  } catch (error) {
    throw asCheckpointError(error, file, 'reading');
  } finally {
    await handle.close();
  }
}

/** Fills `target` from the beginning of the file. */
async function readAll(handle: FileHandle, file: string, target: Uint8Array): Promise<void> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, filled);
    if (bytesRead === 0)
      throw new CheckpointError('truncated', file, `ends at byte ${filled} while being read`);
    filled += bytesRead;
  }
}

const sumNames: Readonly<Record<keyof Sums, string>> = { sha256: 'SHA-256', crc32c: 'CRC-32C' };

const wrongSum = (file: string, what: string, sum: keyof Sums): CheckpointError =>
  new CheckpointError('corrupt', file, `${what} does not have the ${sumNames[sum]} that the manifest states`);

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
    const { sha256, crc32c } = record;
    return { ...range, sha256, ...(crc32c === undefined ? {} : { crc32c }) };
  });
}
