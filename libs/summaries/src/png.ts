/** Pixels as a PNG file: one that every program reads, made by zlib alone. */
import { crc32, deflateSync } from 'node:zlib';
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
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourTypes[channels - 1]!], 8);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(unfiltered(data, width * channels)))];
  return Buffer.concat([signature, ...parts, chunk('IEND', new Uint8Array())]);
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Grey, grey and alpha, colour, colour and alpha. */
const colourTypes = [0, 4, 2, 6];

/** Each row of `size` bytes behind the number of its filter, which is 0 for none. */
function unfiltered(data: Uint8Array, size: number): Uint8Array {
  const rows = data.length / size;
  const result = new Uint8Array(data.length + rows);
  for (let row = 0; row < rows; row++)
    result.set(data.subarray(row * size, (row + 1) * size), row * (size + 1) + 1);
  return result;
}

/** With its length before it and the checksum of name and content behind. */
function chunk(name: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}
