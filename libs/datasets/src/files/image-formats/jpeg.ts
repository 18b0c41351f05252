/** The header of a JPEG: its frame header, behind any metadata. */
import type { ByteWindow } from '../file-window.ts';
import { broken, hex, type ImageHeader } from './header.ts';

/** Walks the marker segments up to the frame header; metadata before it can be large and is skipped, not read. */
export function readJpeg(window: ByteWindow, offset: number, length: number): ImageHeader {
  let at = 2;
  for (;;) {
    const segment = window.read(offset + at, Math.min(10, length - at), 4096);
    if (segment.length < 4) throw broken(window, offset + at, 'the JPEG ends before its frame header');
    const marker = segment.readUInt8(1);
    if (segment.readUInt8(0) !== 0xff)
      throw broken(window, offset + at, `expected a JPEG marker (0xff), got ${hex(segment.readUInt8(0), 2)}`);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda)
      throw broken(window, offset + at, 'the JPEG has image data before its frame header');
    if (isFrameHeader(marker)) {
      if (segment.length < 10) throw broken(window, offset + at, 'the JPEG ends inside its frame header');
      const components = segment.readUInt8(9);
      if (![1, 3, 4].includes(components))
        throw broken(window, offset + at + 9, `expected 1, 3 or 4 JPEG components, got ${components}`);
      return {
        format: 'jpeg',
        height: segment.readUInt16BE(5),
        width: segment.readUInt16BE(7),
        channels: components === 1 ? 1 : 3,
      };
    }
    const skip = segment.readUInt16BE(2);
    if (skip < 2)
      throw broken(window, offset + at + 2, `a JPEG segment declares ${skip} bytes; at least 2 are needed`);
    at += 2 + skip;
  }
}

/** SOF0 to SOF15 without DHT (c4), JPG (c8) and DAC (cc). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
