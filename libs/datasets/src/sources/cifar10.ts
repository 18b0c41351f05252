/** CIFAR-10's binary files, held in memory as records and gathered from in the graph. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { CIFAR10_CLASSES, CIFAR10_RECORD_BYTES, readCifar10 } from '../files/cifar10-file.ts';
import { gatherRows, reshape, slice, toInt32, transpose } from '../pipeline/ops.ts';
import type { Cifar10Spec } from '../spec/data-spec.ts';
import { fingerprint } from './fingerprint.ts';
import type { ArraySource } from './source.ts';

const SPLITS = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: ['test_batch.bin'],
};

export async function openCifar10(spec: Cifar10Spec): Promise<ArraySource> {
  const files = SPLITS[spec.split ?? 'train']
    .map((name) => join(spec.path, name))
    .filter((file) => existsSync(file));
  if (files.length === 0) {
    throw new DatasetError(
      'not-found',
      `no ${SPLITS[spec.split ?? 'train'].join(', ')} here; change --data to the folder cifar-10-batches-bin`,
      { file: spec.path },
    );
  }
  const parts = await Promise.all(files.map((file) => readCifar10(file)));
  const records = Buffer.concat(parts);
  const numExamples = records.length / CIFAR10_RECORD_BYTES;
  const counts = parts.map((part) => part.length / CIFAR10_RECORD_BYTES);
  return {
    kind: 'array',
    numExamples,
    size: { height: 32, width: 32 },
    sizes: '32 x 32',
    channels: 3,
    classNames: await classNames(spec.path),
    fingerprint: fingerprint(['cifar10', records]),
    arrays: [{ kind: 'uint8', shape: [numExamples, CIFAR10_RECORD_BYTES], data: records }],
    draw(examples, arrays) {
      const rows = gatherRows(arrays, 0, examples);
      const count = rows.shape[0] as number;
      const planes = reshape(slice(rows, [0, 1], [count, CIFAR10_RECORD_BYTES - 1]), [count, 3, 32, 32]);
      const labels = toInt32(reshape(slice(rows, [0, 0], [count, 1]), [count]));
      return { images: transpose(planes, [0, 2, 3, 1]), labels };
    },
    locate(index) {
      let first = 0;
      for (const [i, count] of counts.entries()) {
        if (index < first + count)
          return { file: files[i] as string, offset: (index - first) * CIFAR10_RECORD_BYTES };
        first += count;
      }
      return { file: spec.path };
    },
    faults: new Map(),
  };
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
