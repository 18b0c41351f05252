/** The header of a PNG: its IHDR chunk. */
import { crc32 } from 'node:zlib';
import type { ByteWindow } from '../file-window.ts';
import { broken, hex, type ImageHeader } from './header.ts';

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const PNG_HEADER_BYTES = 33;
const PNG_BIT_DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export function readPng(window: ByteWindow, offset: number, length: number): ImageHeader {
  const bytes = window.read(offset, Math.min(PNG_HEADER_BYTES, length));
  if (bytes.length < PNG_HEADER_BYTES)
    throw broken(
      window,
      offset + bytes.length,
      `the PNG ends inside its header: expected ${PNG_HEADER_BYTES} bytes, got ${bytes.length}`,
    );
  if (bytes.readUInt32BE(8) !== 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    throw broken(
      window,
      offset + 8,
      `expected a PNG header chunk (IHDR, 13 bytes), got "${bytes.toString('latin1', 12, 16)}", ${bytes.readUInt32BE(8)} bytes`,
    );
  }
  const checksum = crc32(bytes.subarray(12, 29));
  if (checksum !== bytes.readUInt32BE(29))
    throw broken(
      window,
      offset + 29,
      `the PNG header's checksum is wrong: expected ${hex(checksum)}, got ${hex(bytes.readUInt32BE(29))}`,
    );
  const [width, height, depth, colour] = [
    bytes.readUInt32BE(16),
    bytes.readUInt32BE(20),
    bytes.readUInt8(24),
    bytes.readUInt8(25),
  ];
  if (!PNG_BIT_DEPTHS[colour]?.includes(depth))
    throw broken(window, offset + 24, `no PNG has colour type ${colour} with ${depth} bits`);
  return { format: 'png', width, height, channels: colour === 0 || colour === 4 ? 1 : 3 };
}
