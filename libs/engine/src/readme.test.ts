import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('has a README whose example runs as a program of its own', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  expect(example).toContain("from '@kiln/engine'");
  // Inside the lib, so that its dependencies resolve.
  const folder = mkdtempSync(join(import.meta.dirname, '..', '.readme-'));
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, `${example}\nconsole.log(loss.shape.length, cell.value.w.shape);\n`);
    const output = execFileSync(process.execPath, ['--conditions=@kiln/source', file], { encoding: 'utf8' });
    expect(output.trim()).toBe('0 [ 4 ]');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
