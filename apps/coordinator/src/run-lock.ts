/** One coordinator per run folder: a lock file that names its owner, recovered when that process is gone. */
import { link, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlError } from '@kiln/control';

/** A pid is used again after a while; with the start time and the boot it belongs to one process only. */
interface Owner {
  host: string;
  boot: string;
  pid: number;
  /** Clock ticks since boot, or '' where /proc does not tell. */
  startTime: string;
  nonce: string;
}

export interface RunLock {
  /** Whose lock was found there, if its owner was gone. */
  recoveredFromPid: number | undefined;
  release(): Promise<void>;
}

const maxAttempts = 100;
const retryMs = 10;

export const lockPath = (runFolder: string): string => join(runFolder, 'coordinator.lock');

export async function lockRun(runFolder: string): Promise<RunLock> {
  const path = lockPath(runFolder);
  const own: Owner = {
    host: hostname(),
    boot: await bootId(),
    pid: process.pid,
    startTime: await startTimeOf(process.pid),
    nonce: randomUUID(),
  };
  let recoveredFromPid: number | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (await create(path, own)) return { recoveredFromPid, release: () => release(path, own) };
    const text = await read(path);
    if (text === undefined) continue;
    const owner = parse(text);
    if (owner && (await isAlive(owner, own))) throw held(runFolder, path, owner, own);
    if (await removeStale(path, text, own)) recoveredFromPid = owner?.pid;
    else await sleep(retryMs);
  }
  throw new ControlError('run-locked', `"${runFolder}": other processes keep taking ${path}; try again`);
}

function held(runFolder: string, path: string, owner: Owner, own: Owner): ControlError {
  const where = owner.host === own.host ? '' : ` on ${owner.host}`;
  const way =
    owner.host === own.host
      ? 'stop it, or pass another --run'
      : `if that host is gone for good remove ${path}, else pass another --run`;
  return new ControlError(
    'run-locked',
    `"${runFolder}" has a run already: coordinator pid ${owner.pid}${where} holds it; ${way}`,
  );
}

/** `link` makes name and content appear at once: no reader ever sees half a lock. */
async function create(path: string, own: Owner): Promise<boolean> {
  const temporary = `${path}.${own.nonce}.tmp`;
  await writeFile(temporary, `${JSON.stringify(own)}\n`, { flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Removes a stale lock, one process at a time: between looking at it and removing it nobody may put another in its place, or
 * two would believe that they hold the folder. The claim is on this very lock, so a late one finds nothing to remove.
 */
async function removeStale(path: string, staleText: string, own: Owner): Promise<boolean> {
  const claim = `${path}.${createHash('sha256').update(staleText).digest('hex').slice(0, 16)}.claim`;
  if (!(await create(claim, own))) {
    const claimant = parse((await read(claim)) ?? '');
    // Killed in here.
    if (claimant && !(await isAlive(claimant, own))) await rm(claim, { force: true });
    return false;
  }
  try {
    if ((await read(path)) !== staleText) return false;
    await unlink(path);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

async function release(path: string, own: Owner): Promise<void> {
  const text = await read(path);
  if (text !== undefined && parse(text)?.nonce === own.nonce) await rm(path, { force: true });
}

async function isAlive(owner: Owner, own: Owner): Promise<boolean> {
  // Another host's process cannot be looked at: believing it dead could put two writers on one folder.
  if (owner.host !== own.host) return true;
  if (owner.boot !== own.boot) return false;
  if (owner.startTime !== '') return (await startTimeOf(owner.pid)) === owner.startTime;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat; '' for a process that is gone or only waits to be reaped. */
async function startTimeOf(pid: number): Promise<string> {
  const stat = await read(`/proc/${pid}/stat`);
  // The second field is the command in parentheses, which may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
}

const bootId = async (): Promise<string> => (await read('/proc/sys/kernel/random/boot_id'))?.trim() ?? '';

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

function parse(text: string): Owner | undefined {
  try {
    const { host, boot, pid, startTime, nonce } = JSON.parse(text) as Partial<Owner>;
    if (typeof host !== 'string' || typeof boot !== 'string' || typeof pid !== 'number') return undefined;
    return { host, boot, pid, startTime: startTime ?? '', nonce: nonce ?? '' };
  } catch {
    return undefined;
  }
}
