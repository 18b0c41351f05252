import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processIdentity, withLock } from './lock.mjs';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-lock-'));
  file = join(folder, 'deep', 'setup.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silent = () => {};

describe('withLock', () => {
  it('lets one in at a time and tells the one that waits, once', async () => {
    const order: string[] = [];
    const said: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await sleep(500);
      order.push(`${name} out`);
    };
    const first = withLock(file, work('a'), silent);
    await withLock(file, work('b'), (line) => said.push(line));
    await first;
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(said).toEqual([`another set-up is at work (process ${process.pid}); waiting for it`]);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over a lock whose owner is gone', async () => {
    await withLock(file, async () => {}, silent);
    writeFileSync(file, '999999999 12345');
    expect(await withLock(file, async () => readFileSync(file, 'utf8'), silent)).toBe(
      processIdentity(process.pid),
    );
  });

  it('takes over a lock whose process id was given to another program since', async () => {
    await withLock(file, async () => {}, silent);
    writeFileSync(file, `${process.ppid} 1`);
    expect(await withLock(file, async () => 'done', silent)).toBe('done');
  });

  it('is released when the work fails', async () => {
    const failing = withLock(file, () => Promise.reject(new Error('no room')), silent);
    await expect(failing).rejects.toThrow('no room');
    expect(existsSync(file)).toBe(false);
  });
});
