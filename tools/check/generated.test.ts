import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStale } from './generated.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiln-generated-'));
  for (const folder of ['apps', 'libs/a/src/gen', 'libs/b/src/gen'])
    mkdirSync(join(root, folder), { recursive: true });
  write('libs/a/src/gen/a.js', 'a1');
  write('libs/b/src/gen/b.js', 'b1');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  writeFileSync(join(root, path), content);
}

const ok = { ok: true, output: '' };

describe('findStale', () => {
  it('is content when generating changes nothing', async () => {
    const generate = async () => {
      write('libs/a/src/gen/a.js', 'a1');
      return ok;
    };
    expect(await findStale(root, generate)).toEqual(ok);
  });

  it('names files that changed or are new', async () => {
    const generate = async () => {
      write('libs/b/src/gen/b.js', 'b2');
      write('libs/b/src/gen/c.js', 'c');
      return ok;
    };
    expect(await findStale(root, generate)).toEqual({
      ok: false,
      output:
        'libs/b/src/gen/b.js was stale; it has been generated again, commit it\n' +
        'libs/b/src/gen/c.js was stale; it has been generated again, commit it',
    });
  });

  it('passes on that generating failed', async () => {
    const failed = { ok: false, output: 'no pbjs' };
    expect(await findStale(root, async () => failed)).toBe(failed);
  });
});
