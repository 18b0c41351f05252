/** IDX files, held in memory as bytes and gathered from in the graph. */
import { basename, join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { readIdx, type IdxArray } from '../files/idx-file.ts';
import { gatherRows } from '../pipeline/ops.ts';
import type { IdxSpec } from '../spec/data-spec.ts';
import { countClasses } from './class-counts.ts';
import { fingerprint } from './fingerprint.ts';
import type { ArraySource } from './source.ts';

export async function openIdx(spec: IdxSpec): Promise<ArraySource> {
  const images = await readIdx(join(spec.path, spec.images), [3, 4]);
  const [n, height, width, channels = 1] = images.dims as [number, number, number, number?];
  if (channels !== 1 && channels !== 3) {
    throw new DatasetError(
      'malformed',
      `expected 1 or 3 channels in the last IDX dimension, got ${channels}`,
      { file: images.file, offset: 16 },
    );
  }
  const labels = spec.labels === undefined ? null : await readLabels(join(spec.path, spec.labels), images);
  const numClasses = labels ? labels.reduce((most, label) => Math.max(most, label), 0) + 1 : 0;
  const [file, numDims] = [images.file, images.dims.length];
  return {
    kind: 'array',
    numExamples: n,
    size: { height, width },
    sizes: `${width} x ${height}`,
    channels,
    classNames: Array.from({ length: numClasses }, (_, label) => String(label)),
    classCounts: countClasses(labels ?? [], numClasses),
    fingerprint: fingerprint([
      basename(images.file),
      images.dims.join(),
      images.data,
      labels ?? 'unlabelled',
    ]),
    arrays: [
      { kind: 'uint8', shape: [n, height, width, channels], data: images.data },
      { kind: 'int32', shape: [n], data: Int32Array.from(labels ?? new Uint8Array(n)) },
    ],
    draw: (examples, arrays) => ({
      images: gatherRows(arrays, 0, examples),
      labels: gatherRows(arrays, 1, examples),
    }),
    faults: new Map(),
    locate: (index) => ({ file, offset: 4 + 4 * numDims + index * height * width * channels }),
  };
}

async function readLabels(file: string, images: IdxArray): Promise<Uint8Array> {
  const labels = await readIdx(file, [1]);
  if (labels.dims[0] !== images.dims[0]) {
    throw new DatasetError(
      'malformed',
      `${labels.dims[0]} labels for the ${images.dims[0]} images of ${basename(images.file)}; do the two files belong together?`,
      { file, offset: 4 },
    );
  }
  return labels.data;
}
