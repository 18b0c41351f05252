import type { Samples } from '@kiln/training';
import { expect, it } from 'vitest';
import { mixingTable } from './mixing-table.ts';

/** Images of one pixel. */
const pixels = (...values: number[]): Samples => ({
  images: Float32Array.from(values),
  shape: [values.length, 1, 1, 1],
});

it('puts columns above, rows at the left of each table, and black into the corner', () => {
  const { images, shape } = mixingTable({
    columns: pixels(1, 2, 3),
    rows: pixels(10, 20),
    mixtures: [pixels(11, 12, 13, 21, 22, 23), pixels(110, 120, 130, 210, 220, 230)],
  });
  expect(shape).toEqual([20, 1, 1, 1]);
  expect([...images]).toEqual(
    [
      [-1, 1, 2, 3],
      [10, 11, 12, 13],
      [20, 21, 22, 23],
      [10, 110, 120, 130],
      [20, 210, 220, 230],
    ].flat(),
  );
});
