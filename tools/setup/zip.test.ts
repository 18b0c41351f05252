import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildZip } from './build-zip.ts';
import { extractZip, listZip } from './zip.mjs';

let folder = '';
let archive = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-zip-'));
  archive = join(folder, 'a.whl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const long = Buffer.from('tensor'.repeat(5000));

describe('extractZip', () => {
  it('takes deflated, stored and empty entries to the places chosen and leaves the others', async () => {
    writeFileSync(
      archive,
      buildZip([
        { name: 'pkg/long.so', data: long, deflate: true },
        { name: 'pkg/short.h', data: Buffer.from('int x;') },
        { name: 'pkg/empty.h', data: Buffer.alloc(0) },
        { name: 'pkg/unwanted.py', data: Buffer.from('print(1)') },
        { name: 'pkg/folder/', data: Buffer.alloc(0) },
      ]),
    );
    let bytes = 0;
    const written = await extractZip(
      archive,
      join(folder, 'out'),
      (name) => (name.endsWith('.py') ? undefined : name.replace('pkg/', 'x/')),
      (count) => {
        bytes += count;
      },
    );
    expect(written).toEqual(['x/long.so', 'x/short.h', 'x/empty.h']);
    expect(readFileSync(join(folder, 'out/x/long.so')).equals(long)).toBe(true);
    expect(readFileSync(join(folder, 'out/x/short.h'), 'utf8')).toBe('int x;');
    expect(readFileSync(join(folder, 'out/x/empty.h'))).toHaveLength(0);
    expect(bytes).toBe(long.length + 6);
  });

  it('refuses an entry that would be written outside the folder', async () => {
    writeFileSync(archive, buildZip([{ name: '../../evil', data: Buffer.from('x') }]));
    await expect(extractZip(archive, join(folder, 'out'), (name) => name)).rejects.toThrow(
      'lies outside it: ../../evil',
    );
  });

  it('names the file whose data are damaged', async () => {
    const bytes = buildZip([{ name: 'lib.so', data: long, deflate: true }]);
    bytes.fill(0xff, 40, 60);
    writeFileSync(archive, bytes);
    await expect(extractZip(archive, join(folder, 'out'), (name) => name)).rejects.toThrow(
      /cannot take lib\.so out of/,
    );
  });

  it('notices an entry shorter than the table of contents says', async () => {
    writeFileSync(archive, buildZip([{ name: 'lib.so', data: long, claimedBytes: long.length + 1 }]));
    await expect(extractZip(archive, join(folder, 'out'), (name) => name)).rejects.toThrow(
      `lib.so has ${long.length} bytes, expected ${long.length + 1}`,
    );
  });
});

describe('listZip', () => {
  it('refuses a download that was cut off', async () => {
    const bytes = buildZip([{ name: 'lib.so', data: long }]);
    writeFileSync(archive, bytes.subarray(0, bytes.length - 100));
    await expect(listZip(archive)).rejects.toThrow('not a whole zip archive');
  });
});
