/** Antialiased resizing from its definition, in double precision: a triangle filter as wide as a pixel of the smaller grid. */
import type { Pixels } from './png-encoder.ts';

/** Covers, fits into, or is distorted to a square of `side`, middle on middle. Gives values of 0 to 255. */
export function resizeToSquare(
  { width, height, channels, data }: Pixels,
  side: number,
  fit: 'crop' | 'pad' | 'stretch' = 'crop',
): Float64Array {
  const ratios = [side / width, side / height] as const;
  const scale = fit === 'crop' ? Math.max(...ratios) : Math.min(...ratios);
  const columns = weights(width, side, fit === 'stretch' ? ratios[0] : scale);
  const rows = weights(height, side, fit === 'stretch' ? ratios[1] : scale);
  const out = new Float64Array(side * side * channels);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (const [i, wy] of rows[y] ?? []) {
        for (const [j, wx] of columns[x] ?? []) {
          for (let c = 0; c < channels; c++) {
            const at = (y * side + x) * channels + c;
            out[at] = (out[at] as number) + wy * wx * (data[(i * width + j) * channels + c] as number);
          }
        }
      }
    }
  }
  return out;
}

/** For each output pixel, the input pixels it is made of; what lies outside the image does not count. */
function weights(size: number, side: number, scale: number): [input: number, weight: number][][] {
  const offset = (size * scale - side) / 2;
  const reach = Math.max(1, 1 / scale);
  return Array.from({ length: side }, (_, output) => {
    const centre = (output + 0.5 + offset) / scale;
    if (centre < 0 || centre > size) return [];
    const taps = Array.from({ length: size }, (_, input): [number, number] => [
      input,
      Math.max(0, 1 - Math.abs(input + 0.5 - centre) / reach),
    ]);
    const sum = taps.reduce((total, [, weight]) => total + weight, 0);
    return taps.filter(([, weight]) => weight > 0).map(([input, weight]) => [input, weight / sum]);
  });
}
