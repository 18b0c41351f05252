/** Pixels as a PNG file. */
import { encode } from 'fast-png';
import { SummaryError } from './summary-error.ts';

/** data: [height, width, channels], 8 bits each; 1 channel is grey, 2 grey and alpha, 3 colour, 4 colour and alpha */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
};

export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  if (!Number.isInteger(channels) || channels < 1 || channels > 4) {
    throw new SummaryError('bad-shape', `PNG images have 1 to 4 channels, got ${channels}`);
  }
  if (width < 1 || height < 1 || data.length !== width * height * channels) {
    const shape = `[${height}, ${width}, ${channels}]`;
    throw new SummaryError(
      'bad-shape',
      `image of shape ${shape} needs ${width * height * channels} bytes, got ${data.length}`,
    );
  }
  return encode({ width, height, channels: channels as 1 | 2 | 3 | 4, depth: 8, data });
}
