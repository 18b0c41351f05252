import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chosenPin } from '../setup/tensorflow.mjs';
import { checks } from './checks.ts';
import { contents } from './pack.ts';
import { writeParts } from './parts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-gpu-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('parts', () => {
  it('are of the size asked for, have checksums that sha256sum reads, and join to what they were cut from', async () => {
    const bytes = randomBytes(2500);
    async function* stream(): AsyncGenerator<Buffer> {
      for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
    }
    expect(await writeParts(stream(), folder, 1000)).toEqual({ parts: 3, bytes: 2500 });
    const names = readdirSync(folder).filter((name) => name.startsWith('part-'));
    expect(names.map((name) => readFileSync(join(folder, name)).length)).toEqual([1000, 1000, 500]);
    const whole = Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
    const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
    expect(hash(whole)).toBe(hash(bytes));
    const verify = () =>
      execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
    expect(verify().toString()).toBe('');
    writeFileSync(join(folder, 'part-001'), 'damaged');
    expect(verify).toThrow(/did NOT match/);
  });
});

it('the pack for a CPU has the sources, TensorFlow, Node and the addons, and nothing for development', () => {
  const paths = contents('cpu');
  expect(paths).toEqual(
    expect.arrayContaining([
      '.kiln/node',
      `.kiln/tensorflow/${chosenPin(fileURLToPath(new URL('../..', import.meta.url))).folder}/lib`,
      'libs/tensorflow/build/kiln.node',
      'node_modules/@tensorflow',
      'tools/gpu-check/step.ts',
    ]),
  );
  expect(paths.filter((path) => /node_modules\/(nx|vitest|typescript)$/.test(path))).toEqual([]);
});

it('the checks are doctor, every precision with and without XLA, PyTorch where it is, and a batch that fills a GPU', () => {
  const names = checks({ device: 'gpu', steps: 3 }).map(({ name }) => name);
  expect(names).toEqual([
    'doctor',
    'step float32 on cpu, batch 64',
    'step float32 on gpu, batch 64',
    'step bfloat16 on gpu, batch 64',
    'step float16 on gpu, batch 64',
    'step float32 XLA on gpu, batch 64',
    'step bfloat16 XLA on gpu, batch 64',
    'step float16 XLA on gpu, batch 64',
    'PyTorch float32 on gpu, batch 64',
    'PyTorch bfloat16 on gpu, batch 64',
    'step float32 on gpu, batch 1024',
    'step float32 XLA on gpu, batch 1024',
    'PyTorch float32 on gpu, batch 1024',
    'step bfloat16 on gpu, batch 1024',
    'step bfloat16 XLA on gpu, batch 1024',
    'PyTorch bfloat16 on gpu, batch 1024',
  ]);
});
