/** Reads one file of CIFAR-10's binary version: records of a label byte and 32 x 32 red, green and blue planes. */
import { readFile, stat } from 'node:fs/promises';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_ARRAY_BYTES } from '../limits.ts';

const PLANE = 32 * 32;
export const CIFAR10_RECORD_BYTES = 1 + 3 * PLANE;
export const CIFAR10_CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

export interface Cifar10Part {
  readonly labels: Uint8Array;
  /** [n, 32, 32, 3]: the planes are interleaved. */
  readonly images: Uint8Array;
}

export async function readCifar10(file: string): Promise<Cifar10Part> {
  const bytes = await readChecked(file);
  const count = bytes.length / CIFAR10_RECORD_BYTES;
  const labels = new Uint8Array(count);
  const images = new Uint8Array(count * 3 * PLANE);
  for (let record = 0; record < count; record++) {
    const offset = record * CIFAR10_RECORD_BYTES;
    labels[record] = checkedLabel(file, bytes, offset);
    interleave(bytes, offset + 1, images, record * 3 * PLANE);
  }
  return { labels, images };
}

function checkedLabel(file: string, bytes: Uint8Array, offset: number): number {
  const label = bytes[offset] as number;
  if (label < CIFAR10_CLASSES.length) return label;
  const record = offset / CIFAR10_RECORD_BYTES;
  throw new DatasetError('malformed', `record ${record} has label ${label}; CIFAR-10's labels are 0 to 9`, {
    file,
    offset,
  });
}

function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let i = 0; i < PLANE; i++) {
    pixels[to + 3 * i] = planes[from + i] as number;
    pixels[to + 3 * i + 1] = planes[from + PLANE + i] as number;
    pixels[to + 3 * i + 2] = planes[from + 2 * PLANE + i] as number;
  }
}

async function readChecked(file: string): Promise<Uint8Array> {
  try {
    checkSize(file, (await stat(file)).size);
    return await readFile(file);
  } catch (cause) {
    throw cause instanceof DatasetError ? cause : fileError(file, cause);
  }
}

function checkSize(file: string, size: number): void {
  if (size > MAX_ARRAY_BYTES)
    throw new DatasetError(
      'too-large',
      `a CIFAR-10 file of ${size} bytes; at most ${MAX_ARRAY_BYTES} are held in memory`,
      { file },
    );
  const rest = size % CIFAR10_RECORD_BYTES;
  if (size > 0 && rest === 0) return;
  const hint =
    size > 0 && size % 3074 === 0 ? ' (3074-byte records: this is CIFAR-100, which is not read)' : '';
  throw new DatasetError(
    'malformed',
    `expected whole records of ${CIFAR10_RECORD_BYTES} bytes, got ${size} bytes: ${rest} left over${hint}; download the file again`,
    {
      file,
      offset: size - rest,
    },
  );
}
