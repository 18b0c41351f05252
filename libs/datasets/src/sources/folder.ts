/** A folder of PNG and JPEG files, read and decoded in the graph; every header is checked at opening. */
import { join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { breather } from '../files/breathe.ts';
import { withWindow } from '../files/file-window.ts';
import { scanFolder } from '../files/folder-scan.ts';
import { readImageHeader, type ImageHeader } from '../files/image-header.ts';
import { decodeImage } from '../pipeline/decode.ts';
import { gatherRows, readFile } from '../pipeline/ops.ts';
import type { FolderSpec } from '../spec/data-spec.ts';
import { FaultList, faultOf } from './faults.ts';
import { fingerprint } from './fingerprint.ts';
import { ImageSizes } from './image-sizes.ts';
import type { Source } from './source.ts';

const HEADER_BYTES = 4096;

export async function openFolder(spec: FolderSpec): Promise<Source> {
  const { classNames, files, labels } = await scanFolder(spec.path);
  const paths = files.map((name) => join(spec.path, name));
  const sizes = new ImageSizes();
  const faults = new FaultList(spec.skipBad ?? 0);
  const identity: string[] = [];
  const breathe = breather();
  for (const [index, path] of paths.entries()) {
    const checked = faults.try(index, () => checkImage(path));
    if (checked) sizes.add(checked.header);
    identity.push(`${files[index]} ${checked?.bytes ?? 'unusable'}`);
    await breathe();
  }
  if (sizes.count === 0)
    throw new DatasetError('empty', 'none of the images can be used; change --data', { file: spec.path });
  return {
    numExamples: files.length,
    size: sizes.common,
    sizes: String(sizes),
    channels: sizes.channels,
    classNames,
    fingerprint: fingerprint(['folder', ...identity]),
    perBatch: false,
    arrays: [
      { kind: 'string', shape: [files.length], data: paths },
      { kind: 'int32', shape: [files.length], data: labels },
    ],
    draw: (indices, arrays, { channels }) => ({
      images: decodeImage(readFile(gatherRows(arrays, 0, indices)), channels),
      labels: gatherRows(arrays, 1, indices),
    }),
    faults: faults.found,
    locate: (index) => ({ file: paths[index] as string }),
    fault: (index) => faultOf(() => checkImage(paths[index] as string)),
  };
}

function checkImage(path: string): { header: ImageHeader; bytes: number } {
  return withWindow(path, (window) => ({
    header: readImageHeader(window, 0, window.size, HEADER_BYTES),
    bytes: window.size,
  }));
}
