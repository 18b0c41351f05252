/**
 * The two files that make a folder of TFRecords a packed set: `dataset.json`, what it holds and the hash of every file, and
 * `index.bin`, one row a record, so that opening reads no record. Neither depends on when or where it was made.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_EXAMPLES } from '../limits.ts';

export const MANIFEST_FILE = 'dataset.json';
export const INDEX_FILE = 'index.bin';

const MAGIC = 'KILNIDX1';
const ROW_BYTES = 24;

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const span = z.tuple([count, count]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.strictObject({ file: z.string().regex(/^\w[\w.-]*$/), bytes: count, sha256 });

const manifestSchema = z.strictObject({
  format: z.literal('kiln-dataset'),
  version: z.literal(1),
  examples: z.int().min(1).max(MAX_EXAMPLES),
  /** Least and most over all images. */
  width: span,
  height: span,
  channels: z.literal([1, 3]),
  classNames: z.array(z.string()),
  classCounts: z.array(count),
  encoding: z.enum(['keep', 'png', 'jpeg']),
  /** How many images are there more than once. */
  duplicates: count,
  /** Images that could not be used, by their place in the source. */
  skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
  index: file,
  shards: z.array(file.extend({ examples: count })).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;

export interface IndexRow {
  readonly shard: number;
  readonly offset: number;
  readonly length: number;
  readonly label: number;
  readonly decoding: number;
}

export interface PackedTable {
  readonly file: Int32Array;
  readonly offset: BigInt64Array;
  readonly length: BigInt64Array;
  readonly label: Int32Array;
  readonly decoding: Int32Array;
}

export function encodeIndex(rows: readonly IndexRow[]): Buffer {
  const bytes = Buffer.alloc(MAGIC.length + rows.length * ROW_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  for (const [i, { shard, offset, length, label, decoding }] of rows.entries()) {
    const at = MAGIC.length + i * ROW_BYTES;
    bytes.writeBigUInt64LE(BigInt(offset), at);
    bytes.writeUInt32LE(length, at + 8);
    bytes.writeUInt32LE(shard, at + 12);
    bytes.writeInt32LE(label, at + 16);
    bytes.writeInt32LE(decoding, at + 20);
  }
  return bytes;
}

export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(path, `is no JSON (${cause.message})`);
    throw fileError(path, cause);
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(path, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}

/** Every row lies inside its shard, or the file is refused. */
export async function readIndex(folder: string, manifest: Manifest): Promise<PackedTable> {
  const path = join(folder, manifest.index.file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== manifest.index.sha256)
    throw damaged(path, `its hash is not the one in ${MANIFEST_FILE}`);
  const { examples: n, shards } = manifest;
  if (bytes.length !== MAGIC.length + n * ROW_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw damaged(path, `expected ${MAGIC} and ${n} rows, got ${bytes.length} bytes`);
  const table: PackedTable = {
    file: new Int32Array(n),
    offset: new BigInt64Array(n),
    length: new BigInt64Array(n),
    label: new Int32Array(n),
    decoding: new Int32Array(n),
  };
  for (let i = 0; i < n; i++) {
    const at = MAGIC.length + i * ROW_BYTES;
    const [offset, length, shard] = [
      bytes.readBigUInt64LE(at),
      bytes.readUInt32LE(at + 8),
      bytes.readUInt32LE(at + 12),
    ];
    if (Number(offset) + length > (shards[shard]?.bytes ?? 0))
      throw damaged(path, `row ${i} lies beyond its shard`);
    table.file[i] = shard;
    table.offset[i] = offset;
    table.length[i] = BigInt(length);
    table.label[i] = bytes.readInt32LE(at + 16);
    table.decoding[i] = bytes.readInt32LE(at + 20);
  }
  return table;
}

/** Whether all shards are there in their full size; reads none of them. */
export async function checkShardSizes(folder: string, { shards }: Manifest): Promise<void> {
  for (const { file: name, bytes } of shards) {
    const path = join(folder, name);
    const { size } = await stat(path).catch((cause: unknown) => {
      throw fileError(path, cause, 'copy the set again');
    });
    if (size !== bytes) throw damaged(path, `has ${size} bytes, and had ${bytes} when it was packed`);
  }
}

export function damaged(path: string, reason: string): DatasetError {
  return new DatasetError(
    'malformed',
    `${reason}; see kiln dataset verify, or pack ${basename(join(path, '..'))} again`,
    { file: path },
  );
}
