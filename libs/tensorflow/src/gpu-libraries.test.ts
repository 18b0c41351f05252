import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadGpuLibraries } from './gpu-libraries.ts';
import { failure, start } from './test-support.ts';

start();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-cuda-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A shared library of its own that needs `others`, whose place it does not know. */
function library(name: string, ...others: string[]): void {
  const lib = join(folder, name, 'lib');
  mkdirSync(lib, { recursive: true });
  const source = join(folder, `${name}.c`);
  writeFileSync(source, `int kiln_test_${name}(void) { return 0; }\n`);
  const needs = others.flatMap((other) => [
    `-L${join(folder, other, 'lib')}`,
    '-Wl,--no-as-needed',
    `-l:libkilntest${other}.so.1`,
  ]);
  const file = join(lib, `libkilntest${name}.so.1`);
  execFileSync('g++', [
    '-shared',
    '-fPIC',
    `-Wl,-soname,libkilntest${name}.so.1`,
    '-o',
    file,
    source,
    ...needs,
  ]);
}

describe("CUDA's libraries", () => {
  test('are opened whatever their order', () => {
    library('b');
    // Comes first by name, and opens only after b.
    library('a', 'b');
    expect(loadGpuLibraries(folder)).toBe(2);
    expect(process.env['XLA_FLAGS']).toContain('--xla_gpu_cuda_data_dir=');
    delete process.env['XLA_FLAGS'];
  });

  test('are none where set-up has installed none', () => {
    expect(loadGpuLibraries(join(folder, 'none'))).toBe(0);
  });

  test('that do not open are named', async () => {
    mkdirSync(join(folder, 'c', 'lib'), { recursive: true });
    writeFileSync(join(folder, 'c', 'lib', 'libbroken.so.1'), 'not a library');
    expect((await failure(() => loadGpuLibraries(folder))).detail).toContain('libbroken.so.1');
  });
});
