import { mkdtempSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRecords } from '../test/event-reader.ts';
import { EventFile } from './event-file.ts';

let dir = '';
let prototype: FileHandle;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kiln-event-file-'));
  const probe = await open(join(dir, 'probe'), 'w');
  prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const policy = { flushBytes: 1e9, flushMs: 60_000, maxPendingBytes: 1e9 };

/** A disk that takes a few bytes more and is full then. */
function fillDisk(room: number): { free: () => void } {
  type Write = (bytes: Buffer, from: number, length: number, position: number) => Promise<unknown>;
  const write = prototype.write as Write;
  let left = room;
  const spy = vi.spyOn(prototype, 'write').mockImplementation(function (
    this: FileHandle,
    ...args: unknown[]
  ) {
    const [bytes, from, length, position] = args as [Buffer, number, number, number];
    const count = Math.min(left, length);
    left -= count;
    if (count === 0) return Promise.reject(new Error('ENOSPC: no space left on device, write'));
    return write.call(this, bytes, from, count, position);
  } as never);
  return { free: () => spy.mockRestore() };
}

const texts = (path: string): string[] => readRecords(path).map(String);

describe('EventFile on a full disk', () => {
  it('says so, leaves no half record, and writes everything once there is room', async () => {
    const file = await EventFile.create(join(dir, 'e'), policy, () => {});
    file.append(Buffer.from('first'));
    await file.flush();
    const disk = fillDisk(10);
    file.append(Buffer.from('second'));
    await expect(file.flush()).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringMatching(/cannot write .*e: ENOSPC: no space left on device/) as string,
    });
    expect(texts(file.path)).toEqual(['first']);
    file.append(Buffer.from('third'));
    disk.free();
    await file.flush();
    expect(texts(file.path)).toEqual(['first', 'second', 'third']);
    await file.close();
  });

  it('drops the oldest records beyond the limit and tells', async () => {
    let dropped = 0;
    const file = await EventFile.create(join(dir, 'e'), { ...policy, maxPendingBytes: 60 }, () => {
      dropped += 1;
    });
    const disk = fillDisk(0);
    for (const text of ['aaaa', 'bbbb', 'cccc', 'dddd']) {
      file.append(Buffer.from(text));
      await expect(file.flush()).rejects.toThrow('ENOSPC');
    }
    expect(dropped).toBe(1);
    disk.free();
    await file.close();
    expect(texts(file.path)).toEqual(['bbbb', 'cccc', 'dddd']);
  });

  it('closes the file even when the last write fails', async () => {
    const file = await EventFile.create(join(dir, 'e'), policy, () => {});
    fillDisk(0);
    file.append(Buffer.from('x'));
    await expect(file.close()).rejects.toThrow('ENOSPC');
    expect(() => file.append(Buffer.from('y'))).toThrow('is closed');
  });
});

describe('EventFile', () => {
  it('never continues an existing file', async () => {
    const path = join(dir, 'e');
    await (await EventFile.create(path, policy, () => {})).close();
    await expect(EventFile.create(path, policy, () => {})).rejects.toThrow('EEXIST');
  });
});
