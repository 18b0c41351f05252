/**
 * Reads what an image declares about itself, so that an image bomb or a stranger is refused before a decoder sees it. The formats
 * are those of TensorFlow's DecodeImage that have a reader in `image-formats/`.
 */
import { DatasetError } from '../errors.ts';
import { EXPANSION_FREE_PIXELS, type ImageLimits, STANDARD_LIMITS } from '../limits.ts';
import type { ByteWindow } from './file-window.ts';
import { isGif, readGif } from './image-formats/gif.ts';
import { broken, type ImageHeader } from './image-formats/header.ts';
import { readJpeg } from './image-formats/jpeg.ts';
import { PNG_SIGNATURE, readPng } from './image-formats/png.ts';
import { isWebp, readWebp } from './image-formats/webp.ts';

export type { ImageHeader } from './image-formats/header.ts';

const KNOWN_STRANGERS: [name: string, magic: string][] = [
  ['BMP', '424d'],
  ['JPEG XL', 'ff0a'],
  ['TIFF', '49492a00'],
];

/** Gets its alpha channel too, or the decoder refuses. */
export const WITH_ALPHA = -1;
/** Gets all three colours, or the decoder refuses. */
const COLOUR_ONLY = -2;

/** What decoding must know of an image: 0 nothing, above that how many bytes of a GIF it gets, or one of the above. */
export function decodingOf({ format, firstFrameBytes, alpha }: ImageHeader): number {
  if (format === 'webp') return alpha ? WITH_ALPHA : COLOUR_ONLY;
  return firstFrameBytes ?? 0;
}

/** The first read takes this many bytes where little more than the header is wanted. */
export const HEADER_BYTES = 4096;

/** `ahead`: how many bytes the first read may take. */
export function readImageHeader(
  window: ByteWindow,
  offset: number,
  length: number,
  { limits = STANDARD_LIMITS, ahead = HEADER_BYTES }: { limits?: ImageLimits; ahead?: number } = {},
): ImageHeader {
  if (length === 0) throw broken(window, offset, 'the image is empty (0 bytes)');
  const magic = Buffer.from(window.read(offset, Math.min(12, length), ahead));
  const header = readerOf(window, offset, magic)(window, offset, length);
  checkSize(window, offset, length, header, limits);
  return header;
}

function readerOf(
  window: ByteWindow,
  offset: number,
  magic: Buffer,
): (window: ByteWindow, offset: number, length: number) => ImageHeader {
  if (magic.subarray(0, 8).equals(PNG_SIGNATURE)) return readPng;
  if (magic[0] === 0xff && magic[1] === 0xd8) return readJpeg;
  if (isGif(magic)) return readGif;
  if (isWebp(magic)) return readWebp;
  const stranger = KNOWN_STRANGERS.find(([, bytes]) => magic.toString('hex').startsWith(bytes));
  throw broken(
    window,
    offset,
    `expected a PNG, JPEG, GIF or WebP, got ${stranger ? `a ${stranger[0]} image` : `the bytes ${magic.toString('hex', 0, 8)}`}; convert or remove it`,
  );
}

function checkSize(
  window: ByteWindow,
  offset: number,
  length: number,
  { width, height, channels, format }: ImageHeader,
  { maxPixels, maxExpansion }: ImageLimits,
): void {
  const pixels = width * height;
  if (pixels === 0) throw broken(window, offset, `the ${format} declares ${width} x ${height} pixels`);
  if (pixels > maxPixels) {
    throw new DatasetError(
      'too-large',
      `the ${format} declares ${width} x ${height} = ${pixels} pixels; at most ${maxPixels} are decoded; shrink or remove it, or raise maxPixels`,
      { file: window.file, offset },
    );
  }
  const expansion = (pixels * channels) / length;
  if (pixels > EXPANSION_FREE_PIXELS && expansion > maxExpansion) {
    throw new DatasetError(
      'too-large',
      `the ${format} expands ${Math.round(expansion)}-fold to ${width} x ${height} pixels; at most ${maxExpansion}-fold is decoded at this size; shrink or remove it, or raise maxExpansion`,
      { file: window.file, offset },
    );
  }
}
