/** A stream cut into files of limited size, with the checksums by which they are put together again. */
import { createHash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Parts {
  readonly parts: number;
  readonly bytes: number;
}

/** Writes `part-000`, `part-001`, … and `SHA256SUMS`, in the form that `sha256sum -c` reads. */
export async function writeParts(
  stream: AsyncIterable<Buffer>,
  folder: string,
  partBytes: number,
): Promise<Parts> {
  const sums: string[] = [];
  let bytes = 0;
  let part:
    | { name: string; file: WriteStream; room: number; hash: ReturnType<typeof createHash> }
    | undefined;
  const close = async (): Promise<void> => {
    if (part === undefined) return;
    part.file.end();
    await once(part.file, 'close');
    sums.push(`${part.hash.digest('hex')}  ${part.name}`);
    part = undefined;
  };
  for await (let chunk of stream) {
    while (chunk.length > 0) {
      if (part === undefined) {
        const name = `part-${String(sums.length).padStart(3, '0')}`;
        part = {
          name,
          file: createWriteStream(join(folder, name)),
          room: partBytes,
          hash: createHash('sha256'),
        };
      }
      const piece = chunk.subarray(0, part.room);
      if (!part.file.write(piece)) await once(part.file, 'drain');
      part.hash.update(piece);
      part.room -= piece.length;
      bytes += piece.length;
      chunk = chunk.subarray(piece.length);
      if (part.room === 0) await close();
    }
  }
  await close();
  await writeFile(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  return { parts: sums.length, bytes };
}
