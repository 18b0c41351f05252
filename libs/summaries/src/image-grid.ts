/** Puts a batch of images side by side into one picture, the first at the top left. */
import type { Pixels } from './png.ts';
import { SummaryError } from './summary-error.ts';

export type ImageBatch = {
  /** In [-1, 1]; what lies outside becomes black or white. */
  readonly data: Float32Array;
  /** [number, height, width, channels] */
  readonly shape: readonly [number, number, number, number];
};

export type GridOptions = {
  readonly columns: number;
  /** Side, in pixels, of the square that one pixel of an image becomes. */
  readonly scale?: number;
  /** Pixels left between two images, in mid-grey. */
  readonly gap?: number;
};

const gapLevel = 96;

export function imageGrid({ data, shape }: ImageBatch, { columns, scale = 1, gap = 0 }: GridOptions): Pixels {
  const [num, height, width, channels] = shape;
  if (num < 1 || data.length !== num * height * width * channels) {
    throw new SummaryError(
      'bad-shape',
      `images of shape [${shape.join(', ')}] do not fit ${data.length} values`,
    );
  }
  if (!isCount(columns) || !isCount(scale) || (gap !== 0 && !isCount(gap))) {
    throw new SummaryError(
      'bad-value',
      `columns and scale must be whole numbers from 1 and gap one from 0, got ${columns}, ${scale} and ${gap}`,
    );
  }
  const [cellWidth, cellHeight] = [width * scale + gap, height * scale + gap];
  const gridWidth = columns * cellWidth - gap;
  const gridHeight = Math.ceil(num / columns) * cellHeight - gap;
  // A clamped array rounds to the nearest level and turns NaN into black.
  const pixels = new Uint8ClampedArray(gridWidth * gridHeight * channels);
  if (gap > 0) pixels.fill(gapLevel);
  const rowBytes = gridWidth * channels;

  for (let image = 0; image < num; image += 1) {
    const left = (image % columns) * cellWidth;
    const top = Math.floor(image / columns) * cellHeight;
    for (let y = 0; y < height; y += 1) {
      const start = (top + y * scale) * rowBytes;
      for (let x = 0; x < width * scale; x += 1) {
        const from = ((image * height + y) * width + Math.floor(x / scale)) * channels;
        const to = start + (left + x) * channels;
        for (let channel = 0; channel < channels; channel += 1)
          pixels[to + channel] = (data[from + channel]! + 1) * 127.5;
      }
      const first = start + left * channels;
      const line = pixels.subarray(first, first + width * scale * channels);
      for (let copy = 1; copy < scale; copy += 1) pixels.set(line, first + copy * rowBytes);
    }
  }
  return { width: gridWidth, height: gridHeight, channels, data: new Uint8Array(pixels.buffer) };
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
