/** Writes and reads parts of a file and returns the SHA-256 of each, at the speed of the disk. */
import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { CheckpointError } from './checkpoint-error.ts';
import { native } from './native.ts';

/** A stretch of a file; with `memory` its bytes go there, without they are only hashed. */
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

/** Writes `parts` one after another from `position` on and returns their hashes. */
export async function writeHashed(
  handle: FileHandle,
  position: number,
  parts: readonly Uint8Array[],
  numThreads: number,
): Promise<string[]> {
  let at = position;
  const positions = parts.map(({ byteLength }) => (at += byteLength) - byteLength);
  return hashesOf(await native().moveHashed(handle.fd, true, positions, parts, numThreads), 'write');
}

/** Reads `parts` and returns their hashes. `file` is for the message, should it end too early. */
export async function readHashed(
  handle: FileHandle,
  parts: readonly Part[],
  numThreads: number,
  file: string,
): Promise<string[]> {
  const positions = parts.map((part) => part.position);
  const memory = parts.map((part) => part.memory ?? part.bytes);
  const moved = await native().moveHashed(handle.fd, false, positions, memory, numThreads);
  if (moved.end !== null)
    throw new CheckpointError('truncated', file, `ends at byte ${moved.end} while being read`);
  return hashesOf(moved, 'read');
}

function hashesOf({ digests, errno }: { digests: Buffer; errno: number }, call: string): string[] {
  if (errno !== 0) {
    const code = getSystemErrorName(-errno);
    throw Object.assign(new Error(`${code}: ${call}`), { code, errno: -errno, syscall: call });
  }
  return Array.from({ length: digests.length / 32 }, (_, index) =>
    digests.toString('hex', 32 * index, 32 * index + 32),
  );
}
