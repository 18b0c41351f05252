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
};

export function imageGrid({ data, shape }: ImageBatch, { columns, scale = 1 }: GridOptions): Pixels {
  const [num, height, width, channels] = shape;
  if (num < 1 || data.length !== num * height * width * channels) {
    throw new SummaryError(
      'bad-shape',
      `images of shape [${shape.join(', ')}] do not fit ${data.length} values`,
    );
  }
  if (!Number.isInteger(columns) || columns < 1 || !Number.isInteger(scale) || scale < 1) {
    throw new SummaryError(
      'bad-value',
      `columns and scale must be whole numbers from 1, got ${columns} and ${scale}`,
    );
  }
  const gridWidth = columns * width * scale;
  const gridHeight = Math.ceil(num / columns) * height * scale;
  // A clamped array rounds to the nearest level and turns NaN into black.
  const pixels = new Uint8ClampedArray(gridWidth * gridHeight * channels);
  const rowBytes = gridWidth * channels;

  for (let image = 0; image < num; image += 1) {
    const left = (image % columns) * width * scale;
    const top = Math.floor(image / columns) * height * scale;
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
