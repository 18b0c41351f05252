/** Writes one rank's tensors as a safetensors file, hashing on the way. */
import { join } from 'node:path';
import { CheckpointError } from './checkpoint-error.ts';
import { createDurably, disk } from './durable-files.ts';
import { ioThreads } from './hashed-io.ts';
import { shardFile } from './layout.ts';
import { firstRepeated, shardHash, type ShardRecord } from './manifest.ts';
import { encodeHeader, fileOrder } from './safetensors-header.ts';
import { byteLength, typeText, type NamedTensor } from './tensor.ts';

/**
 * Writes shard `shard` of `numShards` into a staging folder, off the JavaScript thread, and returns when it is on the disk.
 * The tensors' data must not change until then. On failure nothing of the file remains.
 */
export async function writeShard(
  staging: string,
  shard: number,
  numShards: number,
  tensors: readonly NamedTensor[],
): Promise<ShardRecord> {
  const name = shardFile(shard, numShards);
  const file = join(staging, name);
  const ordered = fileOrder(tensors);
  const twice = firstRepeated(ordered.map((tensor) => tensor.name));
  if (twice !== null) throw new CheckpointError('usage', file, `tensor ${JSON.stringify(twice)} given twice`);
  for (const { name, dtype, shape, data } of ordered) {
    if (byteLength(dtype, shape) !== data.byteLength) {
      throw new CheckpointError(
        'usage',
        file,
        `tensor ${JSON.stringify(name)} ${typeText({ dtype, shape })} needs ${byteLength(dtype, shape)} bytes, got ${data.byteLength}`,
      );
    }
  }
  const header = encodeHeader(ordered, file);
  const data = ordered.map((tensor) => tensor.data);
  return createDurably(file, async (handle) => {
    await disk.write(handle, header);
    const sums = await disk.writeHashed(handle, header.length, data, ioThreads(numShards));
    return {
      file: name,
      bytes: data.reduce((sum, { byteLength }) => sum + byteLength, header.length),
      sha256: shardHash(
        header,
        sums.map(({ sha256 }) => sha256),
      ),
      tensors: ordered.map(({ name, dtype, shape }, index) => ({
        name,
        dtype,
        shape: [...shape],
        ...sums[index]!,
      })),
    };
  });
}
