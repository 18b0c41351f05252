/** Pictures as an animated GIF that repeats for ever. */
import { createRequire } from 'node:module';
import type { Pixels } from './png.ts';
import { SummaryError } from './summary-error.ts';

// Loaded by who writes a GIF only, and by `require`: Node and vite differ about what its default export is.
const encoderLibrary = () => createRequire(import.meta.url)('gifenc') as typeof import('gifenc');

const greys = Array.from({ length: 256 }, (_, level) => [level, level, level]);

/**
 * Frames of one size, grey (exact: GIF has 256 colours) or colour, for which each frame gets the 256 that suit it best.
 * `delayMs` is how long a frame stays, in whole hundredths of a second.
 */
export function encodeGif(frames: readonly Pixels[], { delayMs }: { delayMs: number }): Uint8Array {
  const [first] = frames;
  if (first === undefined) throw new SummaryError('bad-value', 'a GIF needs one frame or more, got none');
  const gifenc = encoderLibrary();
  const encoder = gifenc.GIFEncoder();
  for (const { width, height, channels, data } of frames) {
    if (channels !== 1 && channels !== 3)
      throw new SummaryError('bad-shape', `GIF frames have 1 or 3 channels, got ${channels}`);
    if (width !== first.width || height !== first.height || channels !== first.channels)
      throw new SummaryError(
        'bad-shape',
        `GIF frames have one size: the first is ${first.width}x${first.height}x${first.channels}, got ${width}x${height}x${channels}`,
      );
    if (channels === 1) {
      encoder.writeFrame(data, width, height, { palette: greys, delay: delayMs });
      continue;
    }
    const rgba = withOpacity(data);
    const palette = gifenc.quantize(rgba, 256);
    encoder.writeFrame(gifenc.applyPalette(rgba, palette), width, height, { palette, delay: delayMs });
  }
  encoder.finish();
  return encoder.bytes();
}

function withOpacity(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4)
    rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}
