/** The header of a WebP, simple or extended. Animations are refused: TensorFlow 2.21's decoder can end the process on one. */
import { DatasetError } from '../../errors.ts';
import type { ByteWindow } from '../file-window.ts';
import { broken, type ImageHeader } from './header.ts';

const RIFF_BYTES = 12;
const CHUNK_BYTES = 8;
/** Enough of any chunk to know its image's size. */
const HEAD_BYTES = 10;
const LOSSLESS_MAGIC = 0x2f;
const LOSSY_MAGIC = 0x2a019d;
const SIDE_14 = 0x3fff;
const ANIMATED = 0x02;
const ALPHA = 0x10;

export function isWebp(magic: Buffer): boolean {
  return magic.toString('latin1', 0, 4) === 'RIFF' && magic.toString('latin1', 8, 12) === 'WEBP';
}

/** Walks the chunks up to the one with the pixels. */
export function readWebp(window: ByteWindow, offset: number, length: number): ImageHeader {
  let at = offset + RIFF_BYTES;
  let alpha = false;
  for (;;) {
    if (at + CHUNK_BYTES + HEAD_BYTES > offset + length)
      throw broken(window, offset + length, 'the WebP ends before its image');
    const bytes = window.read(at, CHUNK_BYTES + HEAD_BYTES, CHUNK_BYTES + HEAD_BYTES);
    const name = bytes.toString('latin1', 0, 4);
    const body = bytes.subarray(CHUNK_BYTES);
    if (name === 'VP8 ') return lossy(window, at, body, alpha);
    if (name === 'VP8L') return lossless(window, at, body);
    if (name === 'VP8X') {
      if ((body.readUInt8(0) & ANIMATED) !== 0)
        throw new DatasetError('malformed', 'an animated WebP, which is not read; convert or remove it', {
          file: window.file,
          offset: at,
        });
      alpha = (body.readUInt8(0) & ALPHA) !== 0;
    }
    if (name === 'ALPH') alpha = true;
    const size = bytes.readUInt32LE(4);
    at += CHUNK_BYTES + size + (size % 2);
  }
}

function lossy(window: ByteWindow, at: number, body: Buffer, alpha: boolean): ImageHeader {
  if ((body.readUInt8(0) & 1) !== 0 || body.readUIntLE(3, 3) !== LOSSY_MAGIC)
    throw broken(window, at, 'the WebP has no key frame');
  return headerOf(body.readUInt16LE(6) & SIDE_14, body.readUInt16LE(8) & SIDE_14, alpha);
}

function lossless(window: ByteWindow, at: number, body: Buffer): ImageHeader {
  if (body.readUInt8(0) !== LOSSLESS_MAGIC) throw broken(window, at, "the WebP's lossless data has no head");
  const bits = body.readUInt32LE(1);
  return headerOf((bits & SIDE_14) + 1, ((bits >>> 14) & SIDE_14) + 1, ((bits >>> 28) & 1) === 1);
}

function headerOf(width: number, height: number, alpha: boolean): ImageHeader {
  return { format: 'webp', width, height, channels: 3, ...(alpha ? { alpha } : {}) };
}
