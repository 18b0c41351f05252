/** Writes and reads parts of a file and returns their hashes or checksums, at the speed of the disk. */
import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { CheckpointError } from './checkpoint-error.ts';
import { native, type Moved } from './native.ts';

/** A stretch of a file; with `memory` its bytes go there, without they are only looked at. */
export interface Part {
  readonly position: number;
  readonly bytes: number;
  readonly memory: Uint8Array | null;
}

/** More threads than this wait for memory, not for each other. */
const maxThreads = 8;

/** The threads of one process, when so many on this machine read or write at the same time. */
export const ioThreads = (numProcesses = 1): number =>
  Math.max(1, Math.min(maxThreads, Math.floor(availableParallelism() / numProcesses)));

/** Of bytes, in hexadecimal: a hash, and a checksum that is taken several times as fast. */
export interface Sums {
  readonly sha256: string;
  readonly crc32c: string;
}

/** Writes `parts` one after another from `position` on and returns the sums of each. */
export async function writeHashed(
  handle: FileHandle,
  position: number,
  parts: readonly Uint8Array[],
  numThreads: number,
): Promise<Sums[]> {
  let at = position;
  const positions = parts.map(({ byteLength }) => (at += byteLength) - byteLength);
  const sums = { sha256: true, crc32c: true };
  const moved = await native().moveHashed(handle.fd, true, positions, parts, numThreads, sums);
  refuseErrno(moved, 'write');
  return parts.map((_, index) => ({ sha256: sha256Of(moved, index), crc32c: crc32cOf(moved, index) }));
}

/** Reads `parts` and returns one sum of each. `file` is for the message, should it end too early. */
export async function readHashed(
  handle: FileHandle,
  parts: readonly Part[],
  numThreads: number,
  file: string,
  sum: keyof Sums,
): Promise<string[]> {
  const positions = parts.map((part) => part.position);
  const memory = parts.map((part) => part.memory ?? part.bytes);
  const moved = await native().moveHashed(handle.fd, false, positions, memory, numThreads, { [sum]: true });
  if (moved.end !== null)
    throw new CheckpointError('truncated', file, `ends at byte ${moved.end} while being read`);
  refuseErrno(moved, 'read');
  return parts.map((_, index) => (sum === 'sha256' ? sha256Of : crc32cOf)(moved, index));
}

function refuseErrno({ errno }: Moved, call: string): void {
  if (errno === 0) return;
  const code = getSystemErrorName(-errno);
  throw Object.assign(new Error(`${code}: ${call}`), { code, errno: -errno, syscall: call });
}

const sha256Of = ({ digests }: Moved, part: number): string =>
  digests.toString('hex', 32 * part, 32 * part + 32);

const crc32cOf = ({ checksums }: Moved, part: number): string =>
  checksums[part]!.toString(16).padStart(8, '0');
