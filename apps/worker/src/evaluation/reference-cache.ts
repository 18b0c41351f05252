/**
 * Features of a data set, kept for the next evaluation in the same features: real images are many, and do not change. Kept as a
 * checkpoint, so that a damaged one is found by its hashes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  beginCheckpoint,
  commitCheckpoint,
  newestValid,
  readCheckpoint,
  writeShard,
  type NamedTensor,
} from '@kiln/checkpoints';
import type { FeatureSet } from '@kiln/metrics';

/** Everything that the features depend on. */
export interface ReferenceIdentity {
  /** Fingerprint of the data. */
  readonly data: string;
  /** Sizes and times of the files of the data, so that one that was replaced is noticed. */
  readonly files: string;
  /** How examples are chosen and brought to their size. */
  readonly spec: string;
  readonly extractor: string;
  readonly weights: string;
  readonly resize: string;
}

export type Reference = Pick<FeatureSet, 'moments' | 'rows'>;

/** Changes with what is stored, or how it is computed. */
const version = 1;

const keyOf = (identity: ReferenceIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([version, identity]))
    .digest('hex')
    .slice(0, 16);

/** `KILN_CACHE`, or below the checkout's `.kiln`. */
export const referenceFolder = (identity: ReferenceIdentity): string =>
  join(
    process.env['KILN_CACHE'] ?? fileURLToPath(new URL('../../../../.kiln/cache', import.meta.url)),
    'references',
    keyOf(identity),
  );

/** Null when there is none. One that is damaged, cannot be read, or is of other data than its name says, is told of and not used. */
export async function readReference(
  identity: ReferenceIdentity,
  warn: (message: string) => void,
): Promise<Reference | null> {
  const folder = referenceFolder(identity);
  if (!existsSync(folder)) return null;
  return stored(folder, identity, warn).catch((error: Error) => {
    // Another process may be replacing it.
    warn(`[reference] ${folder}: ${error.message}; the statistics are computed again`);
    return null;
  });
}

async function stored(
  folder: string,
  identity: ReferenceIdentity,
  warn: (message: string) => void,
): Promise<Reference | null> {
  const found = await newestValid(folder, ({ problems }) =>
    warn(`[reference] ${problems[0]?.message ?? folder}; the statistics are computed again`),
  );
  if (found === null) return null;
  const { manifest, tensors } = await readCheckpoint(found.path);
  if (JSON.stringify(manifest.meta['identity']) !== JSON.stringify(identity)) {
    warn(
      `[reference] ${found.path} is of other data or another extractor; the statistics are computed again`,
    );
    return null;
  }
  const [mean, covariance, rows] = ['mean', 'covariance', 'rows'].map(
    (name) => tensors.get(name)!.data.slice().buffer,
  );
  return {
    moments: {
      count: Number(manifest.meta['count']),
      mean: new Float64Array(mean!),
      covariance: new Float64Array(covariance!),
    },
    rows: new Float32Array(rows!),
  };
}

/** Replaces what is there. */
export async function writeReference(
  identity: ReferenceIdentity,
  { moments: { count, mean, covariance }, rows }: Reference,
): Promise<void> {
  const folder = referenceFolder(identity);
  const dims = mean.length;
  const bytes = ({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength);
  const tensors: NamedTensor[] = [
    { name: 'mean', dtype: 'F64', shape: [dims], data: bytes(mean) },
    { name: 'covariance', dtype: 'F64', shape: [dims, dims], data: bytes(covariance) },
    { name: 'rows', dtype: 'F32', shape: [rows.length / dims, dims], data: bytes(rows) },
  ];
  await rm(folder, { recursive: true, force: true });
  const staging = await beginCheckpoint(folder, 0);
  const shards = [await writeShard(staging, 0, 1, tensors)];
  await commitCheckpoint({ root: folder, step: 0, staging, shards, meta: { identity, count } });
}
