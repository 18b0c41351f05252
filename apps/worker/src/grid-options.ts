/** How grids of samples are laid out. */
import type { GridOptions } from '@kiln/summaries';

const wantedSide = 40;

/** `side`: of one image, pixels. Small images are enlarged by a whole factor: a grid of 8x8 digits must be legible. */
export function gridOptions(columns: number, side: number): GridOptions {
  const scale = Math.max(1, Math.round(wantedSide / side));
  return { columns, scale, gap: Math.max(1, scale >> 1) };
}
