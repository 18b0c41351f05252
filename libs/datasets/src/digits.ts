/** The real handwritten digits that Kiln ships in `data/`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetError } from './errors.ts';
import type { IdxSpec } from './spec/data-spec.ts';

/** The customary split: the last 300 digits come from other writers than the first 1,497. */
export const DIGITS_TRAIN = [0, 1497] as const;
export const DIGITS_HELD_OUT = [1497, 1797] as const;

/** `folder`: where the two digits files lie. */
export function digitsSpec(folder: string): IdxSpec {
  const spec: IdxSpec = {
    source: 'idx',
    path: folder,
    images: 'digits-images-idx3-ubyte.gz',
    labels: 'digits-labels-idx1-ubyte.gz',
  };
  for (const file of [spec.images, spec.labels as string]) {
    if (!existsSync(join(folder, file)))
      throw new DatasetError(
        'not-found',
        'the digits are not here; run from the root of the checkout or give --data',
        { file: join(folder, file) },
      );
  }
  return spec;
}
