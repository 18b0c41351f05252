/** CIFAR-10's binary files, held in memory as bytes and gathered from in the graph. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { CIFAR10_CLASSES, CIFAR10_RECORD_BYTES, readCifar10 } from '../files/cifar10-file.ts';
import { gatherRows } from '../pipeline/ops.ts';
import type { Cifar10Spec } from '../spec/data-spec.ts';
import { countClasses } from './class-counts.ts';
import { fingerprint } from './fingerprint.ts';
import type { ArraySource } from './source.ts';

const SPLITS = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: ['test_batch.bin'],
};

export async function openCifar10(spec: Cifar10Spec): Promise<ArraySource> {
  const files = SPLITS[spec.split ?? 'train'].map((name) => join(spec.path, name));
  const parts = await Promise.all(files.map((file) => readCifar10(file)));
  const images = Buffer.concat(parts.map((part) => part.images));
  const labels = Int32Array.from(parts.flatMap((part) => [...part.labels]));
  const counts = parts.map((part) => part.labels.length);
  return {
    kind: 'array',
    numExamples: labels.length,
    size: { height: 32, width: 32 },
    sizes: '32 x 32',
    channels: 3,
    classNames: await classNames(spec.path),
    classCounts: countClasses(labels, CIFAR10_CLASSES.length),
    fingerprint: fingerprint(['cifar10', images, Uint8Array.from(labels)]),
    arrays: [
      { kind: 'uint8', shape: [labels.length, 32, 32, 3], data: images },
      { kind: 'int32', shape: [labels.length], data: labels },
    ],
    draw: (examples, arrays) => ({
      images: gatherRows(arrays, 0, examples),
      labels: gatherRows(arrays, 1, examples),
    }),
    faults: new Map(),
    locate: (index) => placeOf(index, files, counts),
  };
}

function placeOf(
  index: number,
  files: readonly string[],
  counts: readonly number[],
): { file?: string; offset?: number } {
  let first = 0;
  for (const [i, count] of counts.entries()) {
    if (index < first + count)
      return { file: files[i] as string, offset: (index - first) * CIFAR10_RECORD_BYTES };
    first += count;
  }
  return {};
}

/** The names file is optional: the ten classes are known. */
async function classNames(folder: string): Promise<readonly string[]> {
  const file = join(folder, 'batches.meta.txt');
  if (!existsSync(file)) return CIFAR10_CLASSES;
  const names = (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (names.length === CIFAR10_CLASSES.length) return names;
  throw new DatasetError('malformed', `expected ${CIFAR10_CLASSES.length} class names, got ${names.length}`, {
    file,
  });
}
