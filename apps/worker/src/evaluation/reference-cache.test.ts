import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readReference, referenceFolder, writeReference, type Reference } from './reference-cache.ts';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'kiln-cache-'));
  vi.stubEnv('KILN_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true });
});

const identity = { data: 'd', files: 'f', spec: '{}', extractor: 'toy', weights: 'w', resize: 'none' };
const reference: Reference = {
  moments: { count: 3, mean: Float64Array.of(1 / 3, 2), covariance: Float64Array.of(1, 1e-17, 1e-17, 2) },
  rows: Float32Array.of(1, 2, 3, 4, 5, 6),
};

async function read(of = identity): Promise<{ found: Reference | null; warnings: string[] }> {
  const warnings: string[] = [];
  return { found: await readReference(of, (message) => warnings.push(message)), warnings };
}

test('statistics come back to the last bit, and replace those before', async () => {
  await writeReference(identity, { ...reference, rows: new Float32Array(4) });
  await writeReference(identity, reference);
  expect(await read()).toEqual({ found: reference, warnings: [] });
});

test.each(Object.keys(identity))('with another %s there are none', async (key) => {
  await writeReference(identity, reference);
  expect(await read({ ...identity, [key]: 'other' })).toEqual({ found: null, warnings: [] });
});

test('a damaged file is named and not used', async () => {
  await writeReference(identity, reference);
  const folder = join(referenceFolder(identity), 'step-00000000');
  const shard = (await readdir(folder)).find((name) => name.endsWith('.safetensors'))!;
  await appendFile(join(folder, shard), 'x');
  const { found, warnings } = await read();
  expect(found).toBeNull();
  expect(warnings).toEqual([
    expect.stringMatching(/^\[reference\] .*safetensors.*; the statistics are computed again$/),
  ]);
});

test('a cache that is no folder is as good as none', async () => {
  const file = join(cache, 'file');
  await writeFile(file, '');
  vi.stubEnv('KILN_CACHE', file);
  expect(await read()).toEqual({ found: null, warnings: [] });
  await expect(writeReference(identity, reference)).rejects.toThrow('ENOTDIR');
});

test('statistics that cannot be read are told of and not used', async () => {
  await mkdir(join(referenceFolder(identity), '..'), { recursive: true });
  await writeFile(referenceFolder(identity), '');
  const { found, warnings } = await read();
  expect(found).toBeNull();
  expect(warnings).toEqual([
    expect.stringMatching(/^\[reference\] .*ENOTDIR.*; the statistics are computed again$/),
  ]);
});
