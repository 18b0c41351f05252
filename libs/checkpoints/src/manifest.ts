/** `manifest.json`: what makes a folder of shards a checkpoint. Its last line is the hash of the rest. */
import { createHash } from 'node:crypto';
import { CheckpointError } from './checkpoint-error.ts';
import { shardFile } from './layout.ts';
import { byteLength, isDtype, isName, isShape, type TensorSpec } from './tensor.ts';

export const formatVersion = 3;
/** Its tensors have no checksums. */
const formatVersionBefore = 2;
export const maxManifestBytes = 64_000_000;
const formatName = 'kiln-checkpoint';

/** A tensor as listed; the sums are those of its data. A manifest of version 2 has no checksums. */
export type TensorRecord = TensorSpec & { readonly sha256: string; readonly crc32c?: string };

/** A shard as written; `sha256` is its `shardHash`. */
export type ShardRecord = {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tensors: readonly TensorRecord[];
};

/** Whatever JSON the trainer needs besides tensors: step, images, seed, cursor, world size, versions. */
export type Meta = { readonly [key: string]: unknown };

export type Manifest = {
  readonly step: number;
  readonly permanent: boolean;
  /** Wall clock, for display only. */
  readonly createdAt: string;
  readonly meta: Meta;
  readonly shards: readonly ShardRecord[];
};

const hash = /^[0-9a-f]{64}$/;
const checksum = /^[0-9a-f]{8}$/;
const tail = /"sha256": "([0-9a-f]{64})"\n\}\n$/;
const noHash = '0'.repeat(64);

/** SHA-256 over a shard's header and the hashes of its tensors in the order of the file: every byte counts, none is hashed twice. */
export function shardHash(header: Uint8Array, tensorHashes: readonly string[]): string {
  const hash = createHash('sha256').update(header);
  for (const own of tensorHashes) hash.update(own, 'hex');
  return hash.digest('hex');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The file's text: the hash is over the text with zeros in its own place, so no byte of the file is outside it. */
export function encodeManifest({ step, permanent, createdAt, meta, shards }: Manifest): string {
  const body = {
    format: formatName,
    version: formatVersion,
    step,
    permanent,
    createdAt,
    meta,
    shards,
    sha256: noHash,
  };
  const text = `${JSON.stringify(body, null, 1)}\n`;
  return text.replace(tail, `"sha256": "${sha256(text)}"\n}\n`);
}

/** Checks the hash before anything is believed, then every field. */
export function parseManifest(bytes: Uint8Array, file: string): Manifest {
  const refuse = (reason: string) => new CheckpointError('malformed', file, reason);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new CheckpointError('corrupt', file, 'is not UTF-8 text', { cause: error });
  }
  const recorded = tail.exec(text)?.[1];
  if (recorded === undefined) throw new CheckpointError('truncated', file, 'does not end with its hash');
  if (sha256(text.replace(tail, `"sha256": "${noHash}"\n}\n`)) !== recorded)
    throw new CheckpointError('corrupt', file, 'does not have the hash that it states');
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new CheckpointError('malformed', file, `is not JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const { format, version, step, permanent, createdAt, meta, shards } = value;
  if (format !== formatName)
    throw refuse(`format ${JSON.stringify(format)}, expected ${JSON.stringify(formatName)}`);
  if (version !== formatVersion && version !== formatVersionBefore) {
    throw new CheckpointError(
      'unsupported',
      file,
      `format version ${JSON.stringify(version)}, this Kiln reads ${formatVersionBefore} and ${formatVersion}`,
    );
  }
  if (!isCount(step)) throw refuse('has no step');
  if (typeof permanent !== 'boolean' || typeof createdAt !== 'string')
    throw refuse('has no permanent or createdAt');
  if (!isObject(meta)) throw refuse('has no meta');
  if (!Array.isArray(shards) || shards.length === 0) throw refuse('lists no shards');
  const hasChecksums = version === formatVersion;
  const parsed = shards.map((shard, index) =>
    parseShardRecord(shard, shardFile(index, shards.length), file, hasChecksums),
  );
  const twice = firstRepeated(parsed.flatMap(({ tensors }) => tensors.map(({ name }) => name)));
  if (twice !== null) throw refuse(`lists tensor ${JSON.stringify(twice)} twice`);
  return { step, permanent, createdAt, meta, shards: parsed };
}

/** Checks a record that came from another process or from a file, against the shard that it must describe. */
export function parseShardRecord(
  value: unknown,
  expectedFile: string,
  where: string,
  hasChecksums = true,
): ShardRecord {
  const refuse = (reason: string) =>
    new CheckpointError('malformed', where, `record of ${expectedFile} ${reason}`);
  if (!isObject(value)) throw refuse('is not an object');
  const { file, bytes, sha256, tensors } = value;
  if (file !== expectedFile) throw refuse(`names ${JSON.stringify(file)}`);
  if (!isCount(bytes)) throw refuse('has no size in bytes');
  if (typeof sha256 !== 'string' || !hash.test(sha256)) throw refuse('has no SHA-256');
  if (!Array.isArray(tensors)) throw refuse('lists no tensors');
  const records = tensors.map((tensor) => parseTensorRecord(tensor, hasChecksums, refuse));
  return { file, bytes, sha256, tensors: records };
}

function parseTensorRecord(
  value: unknown,
  hasChecksums: boolean,
  refuse: (reason: string) => CheckpointError,
): TensorRecord {
  if (!isObject(value)) throw refuse('lists a tensor that is not an object');
  const { name, dtype, shape, sha256, crc32c } = value;
  if (!isName(name)) throw refuse(`lists a tensor named ${JSON.stringify(name)?.slice(0, 80)}`);
  if (!isDtype(dtype) || !isShape(shape) || byteLength(dtype, shape) === null)
    throw refuse(`lists tensor ${JSON.stringify(name)} with a dtype or shape that cannot be`);
  if (typeof sha256 !== 'string' || !hash.test(sha256))
    throw refuse(`lists tensor ${JSON.stringify(name)} without a SHA-256`);
  if (!hasChecksums) return { name, dtype, shape, sha256 };
  if (typeof crc32c !== 'string' || !checksum.test(crc32c))
    throw refuse(`lists tensor ${JSON.stringify(name)} without a CRC-32C`);
  return { name, dtype, shape, sha256, crc32c };
}

/** The first name that comes a second time, or null. */
export function firstRepeated(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
