/** Writes PNG files byte by byte, so that tests can also write broken ones. */
import { crc32, deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export function encodePng({ width, height, channels, data }: Pixels): Buffer {
  const row = width * channels;
  const raw = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) raw.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  return pngOf(pngHeader(width, height, channels === 1 ? 0 : 2), deflateSync(raw));
}

export function pngOf(header: Buffer, compressed: Uint8Array): Buffer {
  return Buffer.concat([SIGNATURE, header, pngChunk('IDAT', compressed), pngChunk('IEND', new Uint8Array())]);
}

export function pngHeader(width: number, height: number, colourType = 2, bitDepth = 8): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body.writeUInt8(bitDepth, 8);
  body.writeUInt8(colourType, 9);
  return pngChunk('IHDR', body);
}

export function pngChunk(type: string, body: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

/** Pixels that differ everywhere and repeat nowhere near. */
export function testPixels(width: number, height: number, channels: 1 | 3, seed = 0): Pixels {
  const data = Uint8Array.from(
    { length: width * height * channels },
    (_, i) => (i * 37 + ((i * i) % 251) + seed * 61) & 0xff,
  );
  return { width, height, channels, data };
}
