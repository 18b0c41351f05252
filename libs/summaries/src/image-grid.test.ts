import { describe, expect, it } from 'vitest';
import { imageGrid } from './image-grid.ts';

/** Rows of grey levels. */
const rows = ({ width, data }: { width: number; data: Uint8Array }): number[][] =>
  Array.from({ length: data.length / width }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);

describe('imageGrid', () => {
  it('fills rows from the top left and leaves the rest black', () => {
    const data = Float32Array.from([-1, -0.5, 0, 0.5, 1, 1, 1, 1, 0, 0, 0, 0]);
    const grid = imageGrid({ data, shape: [3, 2, 2, 1] }, { columns: 2 });
    expect([grid.width, grid.height, grid.channels]).toEqual([4, 4, 1]);
    expect(rows(grid)).toEqual([
      [0, 64, 255, 255],
      [128, 191, 255, 255],
      [128, 128, 0, 0],
      [128, 128, 0, 0],
    ]);
  });

  it('repeats pixels by the scale', () => {
    const grid = imageGrid(
      { data: Float32Array.from([-1, 1, 1, -1]), shape: [1, 2, 2, 1] },
      { columns: 1, scale: 2 },
    );
    expect(rows(grid)).toEqual([
      [0, 0, 255, 255],
      [0, 0, 255, 255],
      [255, 255, 0, 0],
      [255, 255, 0, 0],
    ]);
  });

  it('leaves grey gaps between images and none around them', () => {
    const grid = imageGrid(
      { data: Float32Array.from([-1, 1, 1]), shape: [3, 1, 1, 1] },
      { columns: 2, gap: 1 },
    );
    expect(rows(grid)).toEqual([
      [0, 96, 255],
      [96, 96, 96],
      [255, 96, 96],
    ]);
  });

  it('keeps the channels of a pixel together', () => {
    const data = Float32Array.from([1, -1, 0, -1, 1, -1]);
    const grid = imageGrid({ data, shape: [2, 1, 1, 3] }, { columns: 2 });
    expect([...grid.data]).toEqual([255, 0, 128, 0, 255, 0]);
  });

  it('cuts values outside [-1, 1] and shows NaN as black', () => {
    const data = Float32Array.from([-7, 7, Number.NaN, Infinity]);
    expect([...imageGrid({ data, shape: [1, 1, 4, 1] }, { columns: 1 }).data]).toEqual([0, 255, 0, 255]);
  });

  it('reads the part of a larger buffer that it was given', () => {
    const data = Float32Array.from([9, 9, -1, 1]).subarray(2);
    expect([...imageGrid({ data, shape: [2, 1, 1, 1] }, { columns: 2 }).data]).toEqual([0, 255]);
  });

  it('refuses a shape that does not fit', () => {
    expect(() => imageGrid({ data: new Float32Array(5), shape: [1, 2, 2, 1] }, { columns: 1 })).toThrow(
      '[summaries] images of shape [1, 2, 2, 1] do not fit 5 values (bad-shape)',
    );
    expect(() => imageGrid({ data: new Float32Array(4), shape: [1, 2, 2, 1] }, { columns: 0 })).toThrow(
      'got 0, 1 and 0',
    );
  });
});
