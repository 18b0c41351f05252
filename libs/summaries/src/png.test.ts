import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodePng } from './png.ts';

describe('encodePng', () => {
  it.each([1, 2, 3, 4])('writes pixels of %i channels that another program reads back', (channels) => {
    const size = { width: 5, height: 3 };
    const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, index) => (index * 37) % 256);
    const png = encodePng({ ...size, channels, data });
    const read = decode(png, { checkCrc: true });
    expect({ ...read, data: [...read.data] }).toMatchObject({ ...size, channels, depth: 8, data: [...data] });
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
