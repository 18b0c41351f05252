/** What a worker tells of how tensors reach it: which host it is on, and where that host's address is asked for. */
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { listen } from '@kiln/collectives';
import type { DataAddress } from '@kiln/control';

export interface DataAddressOptions {
  /** Overrides `hostIdentity`; for tests of several hosts on one. */
  readonly hostId: string | undefined;
  /** Of this host, for workers on others; without one nothing is listened on. */
  readonly address: string | undefined;
  readonly encrypt: boolean;
}

export function dataAddress({ hostId, address, encrypt }: DataAddressOptions): DataAddress {
  const nowhere = { endpoint: '', publicKey: '' };
  return {
    hostId: hostId ?? hostIdentity(),
    ...(address === undefined ? nowhere : listen({ address, encrypt })),
  };
}

/** The same for two processes that find the same /dev/shm: containers of one machine have one each, as a rule. */
export function hostIdentity(): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const memory = statSync('/dev/shm', { throwIfNoEntry: false })?.dev ?? 0;
  return `${hostname()} ${boot} ${memory}`;
}
