/** Says what kind of data a folder or file holds, from names alone. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatasetError, fileError } from '../errors.ts';
import { isImage, list } from '../files/folder-scan.ts';
import { INDEX_FILE, MANIFEST_FILE } from '../files/packed-index.ts';
import type { DataSpec, SourceName } from './data-spec.ts';

export interface Recognised {
  readonly spec: DataSpec;
  /** What was seen, for messages. */
  readonly seen: string;
}

interface IdxPair {
  readonly prefix: string;
  readonly images: string;
  readonly labels?: string;
}

const IDX_IMAGES = /^(.*?)[-_.]?images?[-_.]idx[34]-ubyte(\.gz)?$/;
export const TFRECORD_NAME = /\.tfrec(ords?)?(-\d+-of-\d+)?$/;
const CIFAR10_FOLDER = 'cifar-10-batches-bin';

/** `source` and `split` narrow the choice down where a folder holds more than one thing. */
export async function recognise(path: string, source?: SourceName, split?: string): Promise<DataSpec> {
  const found = (await isFolder(path)) ? await recogniseFolder(path, split) : await recogniseFile(path);
  const fitting = source ? found.filter((candidate) => candidate.spec.source === source) : found;
  const [only, second] = fitting;
  if (!only) {
    const holds =
      found.length === 0
        ? 'nothing that can be trained on'
        : found.map((candidate) => candidate.seen).join(' and ');
    const wanted = source
      ? `${source} data`
      : 'IDX files, CIFAR-10 batches, TFRecord files, or PNG, JPEG, GIF and WebP images';
    throw new DatasetError('empty', `expected ${wanted}, found ${holds}; change --data`, { file: path });
  }
  if (second) {
    const choices = fitting.map((candidate) => candidate.spec.source).join(' or ');
    throw new DatasetError(
      'ambiguous',
      `holds ${fitting.map((candidate) => candidate.seen).join(' and ')}; say which with --data ${path}:source=${choices}`,
      { file: path },
    );
  }
  return only.spec;
}

async function recogniseFolder(path: string, split: string | undefined): Promise<Recognised[]> {
  const entries = await list(path);
  const files = entries.filter((entry) => !entry.isFolder).map((entry) => entry.name);
  const folders = entries.filter((entry) => entry.isFolder).map((entry) => entry.name);
  if (files.includes(MANIFEST_FILE) && files.includes(INDEX_FILE))
    return [{ spec: { source: 'packed', path }, seen: 'a packed set' }];
  const found: Recognised[] = [];
  const pairs = idxPairs(files);
  if (pairs.length > 0) found.push(idxSpec(path, choosePair(path, pairs, split)));
  const inner = folders.includes(CIFAR10_FOLDER);
  if (inner || files.some((name) => /^data_batch_\d\.bin$/.test(name))) {
    const where = inner ? join(path, CIFAR10_FOLDER) : path;
    found.push({ spec: { source: 'cifar10', path: where, ...cifarSplit(split) }, seen: 'CIFAR-10 batches' });
  }
  const records = files.filter((name) => TFRECORD_NAME.test(name));
  if (records.length > 0)
    found.push({ spec: { source: 'tfrecord', path }, seen: `${records.length} TFRecord files` });
  const seen = await imagesSeen(path, files, folders);
  if (seen) found.push({ spec: { source: 'folder', path }, seen });
  return found;
}

async function imagesSeen(
  path: string,
  files: readonly string[],
  folders: readonly string[],
): Promise<string | null> {
  const direct = files.filter(isImage).length;
  if (direct > 0) return `${direct} images`;
  for (const folder of folders) {
    const inside = await list(join(path, folder));
    if (inside.some((entry) => entry.isFolder || isImage(entry.name)))
      return `${folders.length} class folders`;
  }
  return null;
}

async function recogniseFile(path: string): Promise<Recognised[]> {
  const name = basename(path);
  if (TFRECORD_NAME.test(name)) return [{ spec: { source: 'tfrecord', path }, seen: 'a TFRecord file' }];
  const folder = dirname(path);
  const siblings = (await list(folder)).filter((entry) => !entry.isFolder).map((entry) => entry.name);
  const pair = idxPairs([name, ...siblings.filter((sibling) => !IDX_IMAGES.test(sibling))])[0];
  return pair ? [idxSpec(folder, pair)] : [];
}

function idxSpec(path: string, { images, labels }: IdxPair): Recognised {
  return {
    spec: { source: 'idx', path, images, ...(labels === undefined ? {} : { labels }) },
    seen: `IDX images (${images})`,
  };
}

/** An uncompressed file wins over its own compressed form. */
function idxPairs(files: readonly string[]): IdxPair[] {
  const pairs = new Map<string, IdxPair>();
  for (const images of files.toSorted()) {
    const match = IDX_IMAGES.exec(images);
    if (!match || pairs.has(match[1] ?? '')) continue;
    const prefix = match[1] ?? '';
    const stem = images
      .replace(/\.gz$/, '')
      .replace(/images?(?=[-_.]idx)/, 'labels')
      .replace(/idx[34]/, 'idx1');
    const labels = [stem, `${stem}.gz`].find((name) => files.includes(name));
    pairs.set(prefix, { prefix, images, ...(labels === undefined ? {} : { labels }) });
  }
  return [...pairs.values()];
}

/** MNIST's own names make `train` the default and `t10k` the test split. */
function choosePair(path: string, pairs: readonly IdxPair[], split: string | undefined): IdxPair {
  const named = (name: string) => pairs.find((pair) => pair.prefix === name);
  const wanted =
    split === undefined
      ? pairs.length === 1
        ? pairs[0]
        : named('train')
      : (named(split) ?? (split === 'test' ? named('t10k') : undefined));
  if (wanted) return wanted;
  const prefixes = pairs.map((pair) => pair.prefix).join(', ');
  throw new DatasetError(
    'ambiguous',
    `holds the IDX sets ${prefixes}${split === undefined ? '' : `, but not "${split}"`}; say which with --data ${path}:split=${pairs[0]?.prefix}`,
    { file: path },
  );
}

function cifarSplit(split: string | undefined): { split?: 'train' | 'test' } {
  if (split === undefined) return {};
  if (split === 'train' || split === 'test') return { split };
  throw new DatasetError('bad-spec', `split must be train or test, got "${split}"; change --data`);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw fileError(path, cause);
  }
}
