/** control.json of a live run: where its coordinator listens and the token, readable by the user only. */
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlError } from './errors.ts';
import type { TlsIdentity } from './tls.ts';
import type { RunRef } from './types.ts';

export interface ControlFile extends RunRef {
  address: string;
  token: string;
  pid: number;
  /** For a coordinator that listens beyond this host: what to show it, and whom to trust. */
  tls?: TlsIdentity | undefined;
}

export const controlFilePath = (runFolder: string): string => join(runFolder, 'control.json');

export async function writeControlFile(runFolder: string, content: ControlFile): Promise<void> {
  const path = controlFilePath(runFolder);
  const temporary = `${path}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  await writeFile(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(temporary, 0o600);
  await rename(temporary, path);
}

export const removeControlFile = (runFolder: string): Promise<void> =>
  rm(controlFilePath(runFolder), { force: true });

/** Reads a control.json by its own path: what `--token-file` names. */
export async function readControlFile(path: string): Promise<ControlFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ControlError(
      'no-run',
      `${path} cannot be read: no coordinator is live there, or it belongs to another user`,
      { cause },
    );
  }
  const content = parse(text);
  if (!content) throw new ControlError('no-run', `${path} is not a control file; start the run again`);
  return content;
}

function parse(text: string): ControlFile | undefined {
  try {
    const content = JSON.parse(text) as Partial<ControlFile>;
    const { address, token, runId, generation, pid, tls } = content;
    if (typeof address !== 'string' || typeof token !== 'string' || typeof runId !== 'string')
      return undefined;
    const control = { address, token, runId, generation: Number(generation), pid: Number(pid) };
    return tls === undefined ? control : { ...control, tls };
  } catch {
    return undefined;
  }
}
