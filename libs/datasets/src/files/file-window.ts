/**
 * Positional reads of one file through a sliding buffer: scanning many small records costs few system calls, skipping costs none.
 *
 * The reads are synchronous, five times cheaper than promises for small ones; loops over many files or records `breathe`
 * so that the event loop (heartbeats) goes on.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fileError } from '../errors.ts';

const WINDOW_BYTES = 1 << 18;

/** Bytes that can be read anywhere; of a file, or of what was read already. */
export interface ByteWindow {
  /** For messages. */
  readonly file: string;
  readonly size: number;
  read(offset: number, length: number, ahead?: number): Buffer;
}

export function bytesWindow(file: string, bytes: Uint8Array): ByteWindow {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { file, size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

export class FileWindow implements ByteWindow {
  readonly file: string;
  readonly size: number;
  readonly #descriptor: number;
  #buffer = Buffer.alloc(0);
  #start = 0;

  private constructor(file: string, size: number, descriptor: number) {
    this.file = file;
    this.size = size;
    this.#descriptor = descriptor;
  }

  static open(file: string): FileWindow {
    try {
      const descriptor = openSync(file, 'r');
      return new FileWindow(file, fstatSync(descriptor).size, descriptor);
    } catch (cause) {
      throw fileError(file, cause);
    }
  }

  /**
   * The bytes [offset, offset + length), fewer at the end of the file; valid until the next call. When the file must be read,
   * `ahead` bytes are, so that the next calls find theirs.
   */
  read(offset: number, length: number, ahead = WINDOW_BYTES): Buffer {
    const from = offset - this.#start;
    const end = Math.min(offset + length, this.size) - this.#start;
    if (from >= 0 && end <= this.#buffer.length) return this.#buffer.subarray(from, Math.max(from, end));
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(length, ahead), Math.max(0, this.size - offset)));
    this.#buffer = buffer.subarray(0, this.#fill(buffer, offset));
    this.#start = offset;
    return this.#buffer.subarray(0, length);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #fill(buffer: Buffer, offset: number): number {
    let got = 0;
    try {
      while (got < buffer.length) {
        const count = readSync(this.#descriptor, buffer, got, buffer.length - got, offset + got);
        if (count === 0) break;
        got += count;
      }
    } catch (cause) {
      throw fileError(this.file, cause);
    }
    return got;
  }
}

/** Opens the file for the time of one call. */
export function withWindow<T>(file: string, use: (window: FileWindow) => T): T {
  const window = FileWindow.open(file);
  try {
    return use(window);
  } finally {
    window.close();
  }
}
