/** A file of PyTorch's that has been opened, old or new. */
import type { Storage } from './tensors.ts';

/** What a file holds, before any tensor's numbers are read. */
export interface Contents {
  readonly value: unknown;
  read(storage: Storage): Promise<Uint8Array>;
}
