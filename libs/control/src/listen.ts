/** Chooses where a run's coordinator listens: a socket in the run folder, or in a folder of its own where that path is too long. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { maxSocketPathBytes, parseAddress, type Address } from './address.ts';
import { ControlError } from './errors.ts';

const socketName = 'control.sock';

export interface ListenPlace {
  address: Address;
  /** Removes what was made for it. */
  remove(): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/**
 * `text`: 'unix' (a socket of our choice), `unix:/path` or `host:port`. Call it only with the run folder's lock held:
 * a socket left over there by a killed coordinator is removed.
 */
export async function placeToListen(text: string, runFolder: string): Promise<ListenPlace> {
  if (text !== 'unix') return { address: parseAddress(text, '--listen'), remove: nothing };
  const inRunFolder = join(resolve(runFolder), socketName);
  if (Buffer.byteLength(inRunFolder) <= maxSocketPathBytes) {
    await rm(inRunFolder, { force: true });
    return { address: { kind: 'unix', path: inRunFolder }, remove: nothing };
  }
  return inFolderOfItsOwn();
}

async function inFolderOfItsOwn(): Promise<ListenPlace> {
  // mkdtemp makes it 0700: no other user can reach the socket.
  const folder = await mkdtemp(join(tmpdir(), 'kiln-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, socketName);
  if (Buffer.byteLength(path) > maxSocketPathBytes) {
    await remove();
    throw new ControlError(
      'bad-address',
      `the temporary folder's path is too long for a socket ("${path}"); set TMPDIR to a shorter one`,
    );
  }
  return { address: { kind: 'unix', path }, remove };
}
