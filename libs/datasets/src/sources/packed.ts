/** A set that `kiln dataset pack` wrote: opened by its index, without reading a record. */
import { join } from 'node:path';
import { checkShardSizes, readIndex, readManifest } from '../files/packed-index.ts';
import { limitsOf } from '../limits.ts';
import type { PackedSpec } from '../spec/data-spec.ts';
import { fingerprint } from './fingerprint.ts';
import { recordSource } from './records.ts';
import type { FileSource } from './source.ts';
import { checkRecord } from './tfrecord.ts';

/** Features of each record. */
export const PACKED_KEYS = { imageKey: 'image', labelKey: 'label' } as const;

export async function openPacked(spec: PackedSpec): Promise<FileSource> {
  const manifest = await readManifest(spec.path);
  await checkShardSizes(spec.path, manifest);
  const table = await readIndex(spec.path, manifest);
  const { width, height, shards, channels, classNames, classCounts } = manifest;
  const same = width[0] === width[1] && height[0] === height[1];
  const text = (low: number, high: number) => (low === high ? String(low) : `${low}–${high}`);
  return recordSource(
    { files: shards.map(({ file }) => join(spec.path, file)), ...table },
    {
      size: same ? { width: width[1], height: height[1] } : null,
      sizes: `${text(...width)} x ${text(...height)}`,
      channels,
      classNames,
      classCounts,
      fingerprint: fingerprint(['packed', ...shards.map(({ sha256 }) => sha256)]),
      faults: new Map(),
    },
    PACKED_KEYS.imageKey,
    (window, place) => void checkRecord(window, place, { ...PACKED_KEYS, limits: limitsOf(spec) }),
  );
}
