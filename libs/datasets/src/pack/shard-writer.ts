/** Writes records into files of about one size, each with its hash, into a folder that is not yet the set. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord } from '../files/tfrecord-encoder.ts';
import type { Manifest } from '../files/packed-index.ts';

/** All that touches the disk, so that tests can fill it. */
export const disk = {
  write: async (handle: FileHandle, bytes: Uint8Array): Promise<void> => void (await handle.writeFile(bytes)),
};

interface Shard {
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
  examples: number;
}

type FinishedShard = Omit<Manifest['shards'][number], 'file'>;

export class ShardWriter {
  readonly #folder: string;
  readonly #shardBytes: number;
  readonly #finished: FinishedShard[] = [];
  #open: Shard | null = null;

  constructor(folder: string, shardBytes: number) {
    this.#folder = folder;
    this.#shardBytes = shardBytes;
  }

  /** Returns where the record lies. */
  async add(data: Uint8Array): Promise<{ shard: number; offset: number; length: number }> {
    const record = encodeRecord(data);
    if (this.#open && this.#open.bytes + record.length > this.#shardBytes) await this.#finish();
    const shard = (this.#open ??= await this.#begin());
    const offset = shard.bytes;
    await disk.write(shard.handle, record);
    shard.hash.update(record);
    shard.bytes += record.length;
    shard.examples += 1;
    return { shard: this.#finished.length, offset, length: data.length };
  }

  /** Ends the last shard and gives all their names, which say how many there are. */
  async close(): Promise<Manifest['shards']> {
    await this.#finish();
    const count = this.#finished.length;
    const name = (i: number) => `data.tfrecord-${digits(i)}-of-${digits(count)}`;
    const shards = this.#finished.map((shard, i) => ({ file: name(i), ...shard }));
    for (const [i, { file }] of shards.entries())
      await rename(join(this.#folder, unfinished(i)), join(this.#folder, file));
    return shards;
  }

  /** Lets go of the file; for when packing has failed. */
  async abandon(): Promise<void> {
    await this.#open?.handle.close();
    this.#open = null;
  }

  async #begin(): Promise<Shard> {
    const handle = await open(join(this.#folder, unfinished(this.#finished.length)), 'wx');
    return { handle, hash: createHash('sha256'), bytes: 0, examples: 0 };
  }

  async #finish(): Promise<void> {
    const shard = this.#open;
    if (!shard) return;
    await shard.handle.sync();
    await shard.handle.close();
    this.#open = null;
    const { bytes, examples, hash } = shard;
    this.#finished.push({ bytes, sha256: hash.digest('hex'), examples });
  }
}

const digits = (number: number): string => String(number).padStart(5, '0');

const unfinished = (number: number): string => `unfinished-${digits(number)}`;
