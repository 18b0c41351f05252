/** Memory for samples, asked for before all of them are drawn. */
import { TrainingError } from './errors.ts';

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(3)} GB`;

/**
 * For `num` images `[height, width, channels]`. Throws `TrainingError` where they do not fit twice into `available` bytes: what is
 * made of them, a file or a grid, is as large.
 */
export function roomForSamples(
  num: number,
  shape: readonly number[],
  available: number = process.availableMemory(),
): Float32Array {
  const numbers = shape.reduce((product, size) => product * size, num);
  const needed = 2 * Float32Array.BYTES_PER_ELEMENT * numbers;
  if (needed <= available) return new Float32Array(numbers);
  throw new TrainingError(
    'too-many-samples',
    `${num} images of ${shape.join('x')} and the file of them take ${gigabytes(needed)} of memory, of which ${gigabytes(available)} is free; ask for fewer at a time`,
  );
}
