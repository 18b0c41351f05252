import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePng } from './png.ts';

/** The chunks of a PNG file by name; its pixels are not filtered back, so pictures here are one pixel high. */
function chunks(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const found = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    found.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return found;
}

describe('encodePng', () => {
  it.each([
    [1, 0],
    [3, 2],
    [4, 6],
  ])('writes %i channels as colour type %i with the pixels given', (channels, colourType) => {
    const data = Uint8Array.from({ length: 2 * channels }, (_, index) => index * 20);
    const parts = chunks(encodePng({ width: 2, height: 1, channels, data }));
    const header = parts.get('IHDR')!;
    expect([header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]]).toEqual([
      2,
      1,
      8,
      colourType,
    ]);
    const [filter, ...pixels] = inflateSync(parts.get('IDAT')!);
    expect(filter).toBe(0);
    expect(pixels).toEqual([...data]);
    expect(parts.has('IEND')).toBe(true);
  });

  it('refuses data of another size', () => {
    expect(() => encodePng({ width: 2, height: 3, channels: 3, data: new Uint8Array(17) })).toThrow(
      'image of shape [3, 2, 3] needs 18 bytes, got 17',
    );
    expect(() => encodePng({ width: 1, height: 1, channels: 5, data: new Uint8Array(5) })).toThrow(
      '1 to 4 channels, got 5',
    );
  });
});
