/**
 * `kiln dataset pack`: any set of images into TFRecords with an index and hashes. All is written beside the place where it is to be and
 * renamed when it is whole, so there is a complete set or none. The same source and options give the same bytes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { bytesWindow } from '../files/file-window.ts';
import { decodingOf, readImageHeader } from '../files/image-header.ts';
import {
  encodeIndex,
  INDEX_FILE,
  type IndexRow,
  type Manifest,
  MANIFEST_FILE,
} from '../files/packed-index.ts';
import { encodeExample } from '../files/tfrecord-encoder.ts';
import { MAX_EXAMPLES } from '../limits.ts';
import { openSource } from '../sources/catalog.ts';
import { countClasses } from '../sources/class-counts.ts';
import { ImageSizes } from '../sources/image-sizes.ts';
import { PACKED_KEYS } from '../sources/packed.ts';
import type { Source } from '../sources/source.ts';
import type { DataSpec } from '../spec/data-spec.ts';
import { checkSpec } from '../spec/spec-keys.ts';
import { encodedImages, type Encoding } from './encoded-images.ts';
import { nameOf, pathOf, refuseAugmentation, refuseFaults, storedAs } from './pack-source.ts';
import { disk, ShardWriter } from './shard-writer.ts';

export interface PackOptions {
  /** Folder to make; must not exist. */
  readonly out: string;
  /** Default: the images' own where no size is asked for, else PNG. */
  readonly encoding?: Encoding;
  readonly quality?: number;
  readonly onBadImage?: 'refuse' | 'skip';
  readonly onDuplicate?: 'keep' | 'skip';
  readonly shardBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PackProgress) => void;
}

export interface PackProgress {
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
}

export interface PackReport {
  readonly out: string;
  readonly manifest: Manifest;
}

const SHARD_BYTES = 2 ** 28;
const QUALITY = 95;
/** The images were checked when the source was opened. */
const NO_LIMITS = { maxPixels: Infinity, maxExpansion: Infinity };

/** Needs a started engine. `spec` says what is packed, and at which size; random augmentations are not for storing. */
export async function packDataset(spec: DataSpec, options: PackOptions): Promise<PackReport> {
  const { out } = options;
  refuseAugmentation(spec);
  if (existsSync(out))
    throw new DatasetError('bad-spec', 'exists already; give another --out, or remove it', { file: out });
  // Opening collects all that it can see, so that they can be counted.
  const source = await openSource(checkSpec({ ...spec, skipBad: MAX_EXAMPLES }));
  if (options.onBadImage !== 'skip') refuseFaults(source);
  const staging = `${out}.partial-${process.pid}`;
  try {
    await mkdir(dirname(out), { recursive: true });
    await mkdir(staging);
    const manifest = await write(staging, spec, source, options);
    await rename(staging, out);
    await syncFolder(dirname(out));
    return { out, manifest };
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw cause instanceof DatasetError ? cause : unwritable(out, cause);
  }
}

async function write(
  staging: string,
  spec: DataSpec,
  source: Source,
  { quality = QUALITY, shardBytes = SHARD_BYTES, ...options }: PackOptions,
): Promise<Manifest> {
  const [first, end] = spec.range ?? [0, source.numExamples];
  const stored = storedAs(spec, source, options.encoding);
  const shards = new ShardWriter(staging, shardBytes);
  const rows: IndexRow[] = [];
  const sizes = new ImageSizes();
  const skipped: Manifest['skipped'] = [];
  const seen = new Set<string>();
  let duplicates = 0;
  try {
    for await (const example of encodedImages({ source, first, end, quality, ...stored })) {
      options.signal?.throwIfAborted();
      const { index } = example;
      if ('fault' in example) {
        if (options.onBadImage !== 'skip') throw example.fault;
        skipped.push({ file: nameOf(source, spec, index), reason: example.fault.reason });
      } else {
        const hash = createHash('sha256').update(example.bytes).digest('base64');
        if (seen.has(hash)) duplicates += 1;
        if (!seen.has(hash) || options.onDuplicate !== 'skip') {
          const name = nameOf(source, spec, index);
          const header = readImageHeader(bytesWindow(name, example.bytes), 0, example.bytes.length, {
            limits: NO_LIMITS,
          });
          sizes.add(header);
          const label = source.classNames.length > 0 ? { [PACKED_KEYS.labelKey]: example.label } : {};
          const data = encodeExample({
            [PACKED_KEYS.imageKey]: example.bytes,
            ...label,
            name: Buffer.from(name),
          });
          const place = await shards.add(data);
          rows.push({ ...place, label: example.label, decoding: decodingOf(header) });
        }
        seen.add(hash);
      }
      options.onProgress?.({ done: index + 1 - first, total: end - first, skipped: skipped.length });
    }
    if (rows.length === 0)
      throw new DatasetError('empty', 'none of the images can be used', { file: pathOf(spec) });
    const written = await shards.close();
    const index = encodeIndex(rows);
    const manifest: Manifest = {
      format: 'kiln-dataset',
      version: 1,
      examples: rows.length,
      width: [...sizes.width],
      height: [...sizes.height],
      channels: sizes.channels,
      classNames: [...source.classNames],
      classCounts: countClasses(
        rows.map(({ label }) => label),
        source.classNames.length,
      ),
      encoding: stored.encoding,
      duplicates,
      skipped,
      index: {
        file: INDEX_FILE,
        bytes: index.length,
        sha256: createHash('sha256').update(index).digest('hex'),
      },
      shards: written,
    };
    await writeFile(join(staging, INDEX_FILE), index);
    await writeFile(join(staging, MANIFEST_FILE), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await syncFolder(staging);
    return manifest;
  } finally {
    await shards.abandon();
  }
}

async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await disk.write(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the names in it are on the disk as well. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync();
  await handle.close();
}

function unwritable(out: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new DatasetError(
      'unwritable',
      'no space left for the set; nothing of it was kept; free some, or give another --out',
      { file: out, cause },
    );
  if (!/^E[A-Z]+$/.test(code ?? '')) return cause;
  return new DatasetError('unwritable', `cannot be written (${message}); give another --out`, {
    file: out,
    cause,
  });
}
