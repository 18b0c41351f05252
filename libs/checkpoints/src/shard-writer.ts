/** Writes one rank's tensors as a safetensors file, hashing on the way. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CheckpointError } from './checkpoint-error.ts';
import { createDurably, disk, slices } from './durable-files.ts';
import { shardFile } from './layout.ts';
import { firstRepeated, type ShardRecord, type TensorRecord } from './manifest.ts';
import { encodeHeader, fileOrder } from './safetensors-header.ts';
import { byteLength, typeText, type NamedTensor } from './tensor.ts';

/**
 * Writes shard `shard` of `numShards` into a staging folder and returns when it is on the disk. The tensors' data must not
 * change until then. On failure nothing of the file remains.
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
  return createDurably(file, async (handle) => {
    const whole = createHash('sha256').update(header);
    let bytes = header.length;
    await disk.write(handle, header);
    const records: TensorRecord[] = [];
    for (const { name, dtype, shape, data } of ordered) {
      const own = createHash('sha256');
      for (const slice of slices(data)) {
        whole.update(slice);
        own.update(slice);
        await disk.write(handle, slice);
      }
      bytes += data.byteLength;
      records.push({ name, dtype, shape: [...shape], sha256: own.digest('hex') });
    }
    return { file: name, bytes, sha256: whole.digest('hex'), tensors: records };
  });
}
