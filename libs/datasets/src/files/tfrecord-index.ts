/**
 * Finds every record of a TFRecord file: length, checksum of the length, data, checksum of the data. Lengths are checked
 * against their checksum and the file's size before they are believed; the data's checksum is checked when it is read.
 */
import { DatasetError } from '../errors.ts';
import { MAX_RECORD_BYTES } from '../limits.ts';
import { maskedCrc32c } from './crc32c.ts';
import type { FileWindow } from './file-window.ts';

export const RECORD_HEAD_BYTES = 12;
export const RECORD_TAIL_BYTES = 4;

const LARGE_RECORD_BYTES = 1 << 16;

export interface RecordPlace {
  /** Where the record starts, at its length field. */
  readonly offset: number;
  /** Bytes of data, without head and tail. */
  readonly length: number;
}

/** Every record, in order. */
export function* scanRecords(window: FileWindow): Generator<RecordPlace> {
  let offset = 0;
  let ahead: number | undefined;
  while (offset < window.size) {
    const head = window.read(offset, RECORD_HEAD_BYTES, ahead);
    const length = recordLength(window, offset, head);
    yield { offset, length };
    offset += RECORD_HEAD_BYTES + length + RECORD_TAIL_BYTES;
    // Between large records only the heads are wanted.
    ahead = length > LARGE_RECORD_BYTES ? 4096 : undefined;
  }
}

/** Reads a whole record that was indexed before, and throws what is wrong with its length or its data's checksum. */
export function checkRecordBytes(window: FileWindow, { offset, length }: RecordPlace): void {
  const now = recordLength(window, offset, window.read(offset, RECORD_HEAD_BYTES, 0));
  if (now !== length)
    throw broken(
      window,
      offset,
      `the record had ${length} bytes when the file was opened, and now has ${now}`,
    );
  const bytes = window.read(offset + RECORD_HEAD_BYTES, length + RECORD_TAIL_BYTES, 0);
  const [expected, got] = [bytes.readUInt32LE(length), maskedCrc32c(bytes.subarray(0, length))];
  if (expected !== got)
    throw broken(
      window,
      offset,
      `the record's data does not match its checksum: expected ${hex(expected)}, got ${hex(got)}`,
    );
}

function recordLength(window: FileWindow, offset: number, head: Buffer): number {
  if (offset === 0 && head[0] === 0x1f && head[1] === 0x8b) {
    throw broken(
      window,
      0,
      'a compressed TFRecord cannot be read in random order; decompress it with gunzip',
    );
  }
  if (head.length < RECORD_HEAD_BYTES)
    throw broken(
      window,
      offset,
      `the file ends inside a record's head: expected ${RECORD_HEAD_BYTES} bytes, got ${head.length}`,
    );
  const [expected, got] = [head.readUInt32LE(8), maskedCrc32c(head.subarray(0, 8))];
  if (expected !== got)
    throw broken(
      window,
      offset,
      `the record's length does not match its checksum: expected ${hex(expected)}, got ${hex(got)}`,
    );
  const length = Number(head.readBigUInt64LE(0));
  if (length > MAX_RECORD_BYTES) {
    throw new DatasetError(
      'too-large',
      `the record declares ${length} bytes; at most ${MAX_RECORD_BYTES} are read`,
      { file: window.file, offset },
    );
  }
  const remaining = window.size - offset - RECORD_HEAD_BYTES - RECORD_TAIL_BYTES;
  if (length > remaining)
    throw broken(
      window,
      offset,
      `the record declares ${length} bytes, but the file ends after ${Math.max(0, remaining)}; it is cut off`,
    );
  return length;
}

function broken(window: FileWindow, offset: number, reason: string): DatasetError {
  return new DatasetError('malformed', reason, { file: window.file, offset });
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
