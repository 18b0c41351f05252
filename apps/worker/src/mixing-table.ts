/** Lays out a table of style mixing: images of the columns above, of the rows at the left, mixtures between them. Pure. */
import type { Samples } from '@kiln/training';

export interface MixingTable {
  /** One image for each column. */
  readonly columns: Samples;
  /** One image for each row. */
  readonly rows: Samples;
  /** `rows` times `columns` mixtures, a row after the other; the rows are there once for each of these. */
  readonly mixtures: readonly Samples[];
}

/** `[(1 + rows · mixtures) · (1 + columns), height, width, channels]`; the first corner is black. */
export function mixingTable({ columns, rows, mixtures }: MixingTable): Samples {
  const [numColumns, height, width, channels] = columns.shape;
  const [numRows] = rows.shape;
  const size = height * width * channels;
  const count = (1 + mixtures.length * numRows) * (1 + numColumns);
  const images = new Float32Array(count * size).fill(-1);
  let at = size;
  const put = (part: Float32Array, from: number, num: number): void => {
    images.set(part.subarray(from * size, (from + num) * size), at);
    at += num * size;
  };
  put(columns.images, 0, numColumns);
  for (const { images: mixed } of mixtures)
    for (let row = 0; row < numRows; row++) {
      put(rows.images, row, 1);
      put(mixed, row * numColumns, numColumns);
    }
  return { images, shape: [count, height, width, channels] };
}
