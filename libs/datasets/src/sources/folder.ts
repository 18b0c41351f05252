/** A folder of image files, read and decoded in the graph; every header is checked at opening. */
import { join, resolve } from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import { DatasetError } from '../errors.ts';
import { breather } from '../files/breathe.ts';
import { withWindow } from '../files/file-window.ts';
import { scanFolder } from '../files/folder-scan.ts';
import { labelImages } from '../files/label-file.ts';
import { decodingOf, readImageHeader, type ImageHeader } from '../files/image-header.ts';
import { readUnchanged } from '../pipeline/decode.ts';
import { type ImageLimits, limitsOf } from '../limits.ts';
import { gatherRows } from '../pipeline/ops.ts';
import type { FolderSpec } from '../spec/data-spec.ts';
import { countClasses } from './class-counts.ts';
import { FaultList, faultOf, noneUsable } from './faults.ts';
import { fingerprint } from './fingerprint.ts';
import { ImageSizes } from './image-sizes.ts';
import type { FileSource } from './source.ts';

const UNUSABLE = -1;

export async function openFolder(spec: FolderSpec): Promise<FileSource> {
  const scan = await scanFolder(spec.path);
  const { classNames, files, labels } =
    spec.labels === undefined ? scan : await labelImages(scan, resolve(spec.path, spec.labels));
  const paths = files.map((name) => join(spec.path, name));
  const sizes = new ImageSizes();
  const faults = new FaultList(spec.skipBad ?? 0);
  const bytes = new BigInt64Array(files.length);
  const decoding = new Int32Array(files.length);
  const limits = limitsOf(spec);
  const breathe = breather();
  for (const [index, path] of paths.entries()) {
    const checked = faults.try(index, () => checkImage(path, limits));
    if (checked) {
      sizes.add(checked.header);
      decoding[index] = decodingOf(checked.header);
    }
    bytes[index] = BigInt(checked?.bytes ?? UNUSABLE);
    await breathe();
  }
  if (sizes.count === 0) throw noneUsable(faults.found, spec.path);
  const isMixed = decoding.some((how) => how !== 0);
  return {
    kind: 'file',
    numExamples: files.length,
    size: sizes.common,
    sizes: String(sizes),
    channels: sizes.channels,
    classNames,
    classCounts: countClasses(labels, classNames.length),
    fingerprint: fingerprint(['folder', ...files.map((name, i) => `${name} ${bytes[i]}`)]),
    arrays: [
      { kind: 'int32', shape: [files.length], data: labels },
      { kind: 'string', shape: [files.length], data: paths },
      { kind: 'int64', shape: [files.length], data: bytes },
      ...(isMixed ? [{ kind: 'int32', shape: [files.length], data: decoding } as const] : []),
    ],
    lookUp: (examples, arrays) => ({
      labels: gatherRows(arrays, 0, examples),
      fields: arrays.slice(1).map((_, i) => gatherRows(arrays, i + 1, examples)),
    }),
    isMixed,
    encoded: ([path, bytes, decoding]) => ({
      contents: readUnchanged(path as tf.Tensor, bytes as tf.Tensor),
      decoding,
    }),
    faults: faults.found,
    locate: (index) => ({ file: paths[index] as string }),
    fault: (index) => faultOf(() => checkUnchanged(paths[index] as string, Number(bytes[index]), limits)),
  };
}

function checkImage(path: string, limits: ImageLimits): { header: ImageHeader; bytes: number } {
  return withWindow(path, (window) => ({
    header: readImageHeader(window, 0, window.size, { limits }),
    bytes: window.size,
  }));
}

function checkUnchanged(path: string, before: number, limits: ImageLimits): void {
  const { bytes } = checkImage(path, limits);
  if (bytes === before || before === UNUSABLE) return;
  throw new DatasetError(
    'malformed',
    `the file has changed since the data was opened: it had ${before} bytes, now it has ${bytes}`,
    { file: path },
  );
}
