/** Loads the addon (native/), which hashes what it moves between the disk and memory. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CheckpointError } from './checkpoint-error.ts';

export interface Moved {
  readonly digests: Buffer;
  readonly checksums: readonly number[];
  readonly errno: number;
  readonly end: number | null;
}

export interface NativeBinding {
  /**
   * Writes or reads parts of an open file on `numThreads` threads. `memory` has the bytes to write or the place to read to;
   * a number when reading: so many bytes are only looked at. `digests` holds 32 bytes a part, `checksums` a number a part, of what
   * `sums` asks for; to be believed only with `errno` 0 and `end` null, which else is where the file ended too early.
   */
  moveHashed(
    fd: number,
    write: boolean,
    positions: readonly number[],
    memory: readonly (Uint8Array | number)[],
    numThreads: number,
    sums: { readonly sha256?: boolean; readonly crc32c?: boolean },
  ): Promise<Moved>;
  /** Memory to read into, with any content. */
  allocate(bytes: number): ArrayBuffer;
  /** SHA-256's state after the whole blocks of `bytes`, without the CPU's SHA instructions: for tests. */
  hashBlocksPlainly(bytes: Uint8Array): number[];
}

let loaded: NativeBinding | undefined;

export function native(): NativeBinding {
  loaded ??= load();
  return loaded;
}

function load(): NativeBinding {
  const file = fileURLToPath(new URL('../build/checkpoints.node', import.meta.url));
  if (!existsSync(file))
    throw new CheckpointError('missing', file, 'the addon is not built; run `npm run setup`');
  return createRequire(import.meta.url)(file) as NativeBinding;
}
