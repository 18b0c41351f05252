/** Any part of a file by its place, so that a large one need not be in memory as a whole. */
import { open } from 'node:fs/promises';
import { asWeightError, WeightError } from './weight-error.ts';

export interface ByteSource {
  readonly file: string;
  readonly size: number;
  /** Exactly so many bytes. Throws `WeightError` when they are not all within the file. */
  read(position: number, length: number): Promise<Buffer>;
}

function checkRange(position: number, length: number, { size, file }: ByteSource): void {
  if (position + length <= size) return;
  throw new WeightError(
    'malformed',
    file,
    `ends at byte ${size}, but ${length} bytes from ${position} on are needed: it is cut short`,
  );
}

export const bytesOf = (bytes: Buffer, file: string): ByteSource => {
  const source: ByteSource = {
    file,
    size: bytes.length,
    read: async (position, length) => {
      checkRange(position, length, source);
      return bytes.subarray(position, position + length);
    },
  };
  return source;
};

/** Opens `file` while `body` reads from it. */
export async function withFile<T>(file: string, body: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw asWeightError(error, file);
  });
  try {
    const { size } = await handle.stat();
    const source: ByteSource = {
      file,
      size,
      read: async (position, length) => {
        checkRange(position, length, source);
        const bytes = Buffer.alloc(length);
        const { bytesRead } = await handle.read(bytes, 0, length, position);
        // Reads are whole below 2 GiB; a file that shrank meanwhile is as good as cut short.
        if (bytesRead !== length)
          throw new WeightError('io', file, `only ${bytesRead} of ${length} bytes came`);
        return bytes;
      },
    };
    return await body(source);
  } catch (error) {
    throw asWeightError(error, file);
  } finally {
    await handle.close();
  }
}
