/**
 * Reads an IDX file of unsigned bytes (the format of MNIST), plain or gzip-compressed. The declared size is checked before
 * memory is taken, and inflation stops at the first byte beyond it, so neither a lying header nor a gzip bomb is obeyed.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_ARRAY_BYTES } from '../limits.ts';

export interface IdxArray {
  readonly file: string;
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const GZIP_TRAILER_BYTES = 8;

/** `ranks`: how many dimensions are acceptable, for example [3, 4] for images. */
export async function readIdx(file: string, ranks: readonly number[]): Promise<IdxArray> {
  const size = await fileSize(file);
  const head = await firstBytes(file, 2);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const reader = new IdxReader(file, ranks, gzip ? null : size);
  const input = createReadStream(file);
  const stream = gzip ? input.pipe(createGunzip()) : input;
  input.on('error', (cause) => stream.destroy(fileError(file, cause)));
  try {
    for await (const chunk of stream) reader.push(chunk as Buffer);
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw gzipError(file, size, cause, 'bytesWritten' in stream ? stream.bytesWritten : 0);
  } finally {
    input.destroy();
    stream.destroy();
  }
  return reader.finish();
}

/** `consumed`: how much of the file the inflater had finished with, in steps of what one read gives. */
function gzipError(file: string, size: number, cause: unknown, consumed: number): DatasetError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const offset =
    text === 'unexpected end of file'
      ? size
      : /^incorrect (data|length) check$/.test(text)
        ? size - GZIP_TRAILER_BYTES
        : consumed;
  return new DatasetError('malformed', `the gzip data is broken (${text}); download the file again`, {
    file,
    offset,
    cause,
  });
}

/** Collects the stream into one array whose size the header fixed. Offsets are those of the inflated data. */
class IdxReader {
  received = 0;
  readonly #file: string;
  readonly #ranks: readonly number[];
  readonly #plainSize: number | null;
  #head = Buffer.alloc(0);
  #dims: number[] | null = null;
  #data = new Uint8Array(0);
  #filled = 0;

  constructor(file: string, ranks: readonly number[], plainSize: number | null) {
    this.#file = file;
    this.#ranks = ranks;
    this.#plainSize = plainSize;
  }

  push(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.#dims) return this.#append(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    const length = this.#headLength();
    if (length === null || this.#head.length < length) return;
    this.#dims = this.#readDims(length);
    this.#append(this.#head.subarray(length));
  }

  finish(): IdxArray {
    const dims = this.#dims;
    if (!dims)
      throw this.#broken(this.received, `the IDX file ends inside its header after ${this.received} bytes`);
    if (this.#filled < this.#data.length) {
      throw this.#broken(
        this.received,
        `the IDX data is short: ${dims.join(' x ')} needs ${this.#data.length} bytes, got ${this.#filled}`,
      );
    }
    return { file: this.#file, dims, data: this.#data };
  }

  /** 4 bytes of magic and 4 for each dimension; null until the magic is complete. */
  #headLength(): number | null {
    if (this.#head.length < 4) return null;
    const magic = this.#head.readUInt32BE(0);
    const rank = magic & 0xff;
    if (magic >>> 16 !== 0)
      throw this.#broken(
        0,
        `expected an IDX magic number (${this.#expectedMagic()}), got ${magicText(magic)}`,
      );
    const type = magic >>> 8;
    if (type !== UNSIGNED_BYTE)
      throw this.#broken(
        2,
        `expected IDX element type 0x08 (unsigned byte), got 0x${type.toString(16).padStart(2, '0')}`,
      );
    if (!this.#ranks.includes(rank))
      throw this.#broken(
        3,
        `expected an IDX array of ${this.#ranks.join(' or ')} dimensions (${this.#expectedMagic()}), got ${rank} (${magicText(magic)}); are images and labels swapped?`,
      );
    return 4 + 4 * rank;
  }

  #readDims(headLength: number): number[] {
    const dims: number[] = [];
    let bytes = 1;
    for (let at = 4; at < headLength; at += 4) {
      const dim = this.#head.readUInt32BE(at);
      dims.push(dim);
      bytes *= dim;
      if (dim === 0) throw this.#broken(at, 'an IDX dimension is 0');
      if (bytes > MAX_ARRAY_BYTES) {
        throw new DatasetError(
          'too-large',
          `the IDX header declares ${dims.join(' x ')} bytes or more; at most ${MAX_ARRAY_BYTES} are held in memory; use an image folder or TFRecord files`,
          { file: this.#file, offset: at },
        );
      }
    }
    if (this.#plainSize !== null && this.#plainSize !== headLength + bytes) {
      const what = this.#plainSize < headLength + bytes ? 'short' : 'long';
      throw this.#broken(
        Math.min(this.#plainSize, headLength + bytes),
        `the IDX file is too ${what}: ${dims.join(' x ')} needs ${headLength + bytes} bytes, got ${this.#plainSize}`,
      );
    }
    this.#data = new Uint8Array(bytes);
    return dims;
  }

  #append(chunk: Buffer): void {
    if (this.#filled + chunk.length > this.#data.length) {
      throw this.#broken(
        this.received - chunk.length,
        `the IDX data goes on beyond the ${this.#data.length} bytes that its header declares`,
      );
    }
    this.#data.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  #expectedMagic(): string {
    return this.#ranks.map((rank) => magicText((UNSIGNED_BYTE << 8) | rank)).join(' or ');
  }

  #broken(offset: number, reason: string): DatasetError {
    const counted = this.#plainSize === null ? ' (offset counted in the inflated data)' : '';
    return new DatasetError('malformed', `${reason}${counted}`, { file: this.#file, offset });
  }
}

function magicText(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}

async function fileSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    throw fileError(file, cause);
  }
}

async function firstBytes(file: string, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: length - 1 })) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw fileError(file, cause);
  }
  return Buffer.concat(chunks);
}
