/** Reads one file of CIFAR-10's binary version: records of a label byte and 32 x 32 red, green and blue planes. */
import { readFile, stat } from 'node:fs/promises';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_ARRAY_BYTES } from '../limits.ts';

export const CIFAR10_RECORD_BYTES = 3073;
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

/** The records of the file, every label checked. */
export async function readCifar10(file: string): Promise<Uint8Array> {
  const bytes = await readChecked(file);
  for (let offset = 0; offset < bytes.length; offset += CIFAR10_RECORD_BYTES) {
    const label = bytes[offset] as number;
    if (label >= CIFAR10_CLASSES.length) {
      throw new DatasetError(
        'malformed',
        `record ${offset / CIFAR10_RECORD_BYTES} has label ${label}; CIFAR-10's labels are 0 to 9`,
        { file, offset },
      );
    }
  }
  return bytes;
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
