/**
 * Reads what a PNG or JPEG declares about itself, so that an image bomb or a stranger is refused before a decoder sees it.
 *
 * Alpha is not counted as a channel: decoding drops it.
 */
import { crc32 } from 'node:zlib';
import { DatasetError } from '../errors.ts';
import { EXPANSION_FREE_PIXELS, MAX_EXPANSION, MAX_IMAGE_PIXELS } from '../limits.ts';
import type { FileWindow } from './file-window.ts';

export interface ImageHeader {
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const PNG_HEADER_BYTES = 33;
const PNG_BIT_DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const KNOWN_STRANGERS: [name: string, magic: string][] = [
  ['GIF', '47494638'],
  ['BMP', '424d'],
  ['WebP', '52494646'],
  ['JPEG XL', 'ff0a'],
  ['TIFF', '49492a00'],
];

/** `ahead`: how many bytes the first read may take, where little more than the header is wanted. */
export function readImageHeader(
  window: FileWindow,
  offset: number,
  length: number,
  ahead = 4096,
): ImageHeader {
  if (length === 0) throw broken(window, offset, 'the image is empty (0 bytes)');
  const magic = window.read(offset, Math.min(8, length), ahead);
  const header = magic.equals(PNG_SIGNATURE)
    ? readPng(window, offset, length)
    : magic[0] === 0xff && magic[1] === 0xd8
      ? readJpeg(window, offset, length)
      : unknownFormat(window, offset, magic);
  checkSize(window, offset, length, header);
  return header;
}

function readPng(window: FileWindow, offset: number, length: number): ImageHeader {
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

/** Walks the marker segments up to the frame header; metadata before it can be large and is skipped, not read. */
function readJpeg(window: FileWindow, offset: number, length: number): ImageHeader {
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

function checkSize(
  window: FileWindow,
  offset: number,
  length: number,
  { width, height, channels, format }: ImageHeader,
): void {
  const pixels = width * height;
  if (pixels === 0) throw broken(window, offset, `the ${format} declares ${width} x ${height} pixels`);
  if (pixels > MAX_IMAGE_PIXELS) {
    throw new DatasetError(
      'too-large',
      `the ${format} declares ${width} x ${height} = ${pixels} pixels; at most ${MAX_IMAGE_PIXELS} are decoded; shrink or remove it`,
      { file: window.file, offset },
    );
  }
  const expansion = (pixels * channels) / length;
  if (pixels > EXPANSION_FREE_PIXELS && expansion > MAX_EXPANSION) {
    throw new DatasetError(
      'too-large',
      `the ${format} expands ${Math.round(expansion)}-fold to ${width} x ${height} pixels; at most ${MAX_EXPANSION}-fold is decoded at this size; shrink or remove it`,
      { file: window.file, offset },
    );
  }
}

function unknownFormat(window: FileWindow, offset: number, magic: Buffer): never {
  const stranger = KNOWN_STRANGERS.find(([, bytes]) => magic.toString('hex').startsWith(bytes));
  throw broken(
    window,
    offset,
    `expected a PNG or JPEG, got ${stranger ? `a ${stranger[0]} image` : `the bytes ${magic.toString('hex')}`}; convert or remove it`,
  );
}

function broken(window: FileWindow, offset: number, reason: string): DatasetError {
  return new DatasetError('malformed', reason, { file: window.file, offset });
}

function hex(value: number, digits = 8): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
