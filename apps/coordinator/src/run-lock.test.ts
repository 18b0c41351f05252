import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockPath, lockRun } from './run-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const owner = async (changes: Record<string, unknown> = {}): Promise<void> => {
  const lock = await lockRun(folder);
  const own = JSON.parse(await readFile(lockPath(folder), 'utf8')) as Record<string, unknown>;
  await lock.release();
  await writeFile(lockPath(folder), JSON.stringify({ ...own, nonce: 'another', ...changes }));
};

describe('lockRun', () => {
  it('lets one in, and the next after its release', async () => {
    const lock = await lockRun(folder);
    await expect(lockRun(folder)).rejects.toThrow(
      `[control/run-locked] "${folder}" has a run already: coordinator pid ${process.pid} holds it; stop it, or pass another --run`,
    );
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockRun(folder)).release();
  });

  it('lets one in of many that come at once, also over a stale lock', async () => {
    await owner({ startTime: '1' });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['coordinator.lock']);
  });

  it('takes over from a process that is gone, and says whose it was', async () => {
    const child = spawn('sleep', ['30']);
    const pid = child.pid ?? 0;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    await owner({ pid, startTime });
    await expect(lockRun(folder)).rejects.toThrow(`coordinator pid ${pid} holds it`);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const lock = await lockRun(folder);
    expect(lock.recoveredFromPid).toBe(pid);
    await lock.release();
  });

  it.each([
    ['whose pid was given to another process', { pid: process.pid, startTime: '1' }],
    ['of before a reboot', { boot: 'earlier' }],
  ])('takes over a lock %s', async (_, changes) => {
    await owner(changes);
    expect((await lockRun(folder)).recoveredFromPid).toBe(process.pid);
  });

  it('takes over a file that is no lock', async () => {
    await writeFile(lockPath(folder), '{"pid":');
    expect((await lockRun(folder)).recoveredFromPid).toBeUndefined();
  });

  it('does not judge a process of another host', async () => {
    await owner({ host: `not-${hostname()}`, pid: 1 });
    await expect(lockRun(folder)).rejects.toThrow(
      /coordinator pid 1 on not-.* holds it; if that host is gone for good remove .*coordinator\.lock/,
    );
  });

  it('never removes a lock that became another’s', async () => {
    const lock = await lockRun(folder);
    await writeFile(
      lockPath(folder),
      JSON.stringify({ host: 'h', boot: 'b', pid: 1, startTime: '', nonce: 'other' }),
    );
    await lock.release();
    expect(await readdir(folder)).toEqual(['coordinator.lock']);
  });
});
