import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JsonLines } from './json-lines.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiln-lines-'));
  path = join(folder, 'rows.jsonl');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const ignore = (): void => undefined;

describe('JsonLines', () => {
  it('appends in order, whoever waits', async () => {
    const { lines } = await JsonLines.open(path, ignore);
    await Promise.all(Array.from({ length: 50 }, (_, index) => lines.append({ index })));
    await lines.close();
    await lines.append({ late: true });
    expect(await readFile(path, 'utf8')).toBe(
      Array.from({ length: 50 }, (_, index) => `{"index":${index}}\n`).join(''),
    );
  });

  it('drops the half line that a crash left, and the rows not to keep', async () => {
    await writeFile(path, '{"step":1}\n{"step":2}\n{"step":3}\n{"ste');
    const { lines, dropped } = await JsonLines.open(path, ignore, ({ step }) => Number(step) !== 2);
    expect(dropped).toBe(1);
    await lines.append({ step: 4 });
    await lines.close();
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n{"step":3}\n{"step":4}\n');
  });

  it('keeps rows while the disk is full, leaves no half line, and writes them when there is room', async () => {
    const errors: (string | undefined)[] = [];
    const { lines } = await JsonLines.open(path, (error) => errors.push(error?.message));
    await lines.append({ step: 1 });
    const file = await open(path);
    const prototype = Object.getPrototypeOf(file) as { appendFile(data: Uint8Array): Promise<void> };
    await file.close();
    const real = prototype.appendFile;
    vi.spyOn(prototype, 'appendFile').mockImplementation(async function full(this: typeof prototype, data) {
      await real.call(this, data.subarray(0, 5));
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    });
    await lines.append({ step: 2 });
    await lines.append({ step: 3 });
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n');
    vi.restoreAllMocks();
    await lines.append({ step: 4 });
    await lines.close();
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n{"step":3}\n{"step":4}\n');
    expect(errors).toEqual(['ENOSPC: no space left on device', undefined]);
  });
});
