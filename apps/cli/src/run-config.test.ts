import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/harness.ts';
import { parseRunConfig, readRunConfig, resumedConfig } from './run-config.ts';
import { makeRunFolder, nextRunFolder, useRunFolder } from './run-folder.ts';

const config = parseRunConfig(
  {
    recipe: 'r',
    batch: 64,
    workers: 2,
    accumulate: 1,
    steps: 1000,
    kimg: 64,
    seed: 1,
    device: 'cpu',
    settings: { depth: 3 },
    stages: [{ name: '', batch: 64, startStep: 0, startKimg: 0, imagesPerStep: 64 }],
  },
  'x',
);

test('a resumed run keeps all but its length and its workers; kimg and steps follow each other', () => {
  expect(resumedConfig(config, {})).toEqual(config);
  expect(resumedConfig(config, { steps: 1500 })).toEqual({ ...config, steps: 1500, kimg: 96 });
  expect(resumedConfig(config, { kimg: 65 })).toEqual({ ...config, steps: 1016, kimg: 65.024 });
  expect(resumedConfig(config, { workers: 4 })).toEqual({ ...config, workers: 4 });
  expect(() => resumedConfig(config, { workers: 3 })).toThrow(
    "--workers 3 does not divide the run's batch of 64; use 1, 2, 4, 8, 16, 32, 64",
  );
});

test('a resumed run whose phases take every second sample leaves each worker an even share', () => {
  const paired = { ...config, shareMultiple: 2 };
  expect(resumedConfig(paired, { workers: 32 })).toMatchObject({ workers: 32 });
  expect(() => resumedConfig(paired, { workers: 64 })).toThrow(
    "--workers 64 does not divide the run's batch of 64 into multiples of 2; use 1, 2, 4, 8, 16, 32",
  );
});

test('a longer run of a growing recipe is counted stage by stage', () => {
  const stages = [
    { name: '4x4', batch: 64, startStep: 0, startKimg: 0, imagesPerStep: 64 },
    { name: '8x8', batch: 16, startStep: 1000, startKimg: 64, imagesPerStep: 16 },
  ];
  expect(resumedConfig({ ...config, stages }, { steps: 1500 })).toMatchObject({ kimg: 72 });
  expect(resumedConfig({ ...config, stages }, { kimg: 72 })).toMatchObject({ steps: 1500 });
  expect(resumedConfig({ ...config, stages }, { kimg: 32 })).toMatchObject({ steps: 500 });
  expect(() => resumedConfig({ ...config, stages, accumulate: 2 }, { workers: 16 })).toThrow(
    "--workers 16 does not divide the run's micro-batch of 8; use 1, 2, 4, 8",
  );
});

test('a config.json that is damaged is named, with what is wrong', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'config.json'), '{"recipe":');
  await expect(readRunConfig(folder)).rejects.toThrow(
    /config\.json is not JSON: .*; restore it, or train again/,
  );
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, workers: 0 }));
  await expect(readRunConfig(folder)).rejects.toThrow(
    /config\.json is not the configuration of a run: .*workers/,
  );
});

test('each training gets the next number, also when several start at once', async () => {
  const cwd = await temporaryFolder();
  expect(await nextRunFolder(cwd, 'r')).toBe(join(cwd, 'runs', 'r-000'));
  for (const name of ['r-007', 'r-x', 'rr-999', 'r-12'])
    await mkdir(join(cwd, 'runs', name), { recursive: true });
  const made = await Promise.all(Array.from({ length: 6 }, () => makeRunFolder(cwd, 'r')));
  expect(made.toSorted()).toEqual(
    [8, 9, 10, 11, 12, 13].map((number) => join(cwd, 'runs', `r-${String(number).padStart(3, '0')}`)),
  );
});

test('a folder named with --run must be new or empty', async () => {
  const cwd = await temporaryFolder();
  expect(await useRunFolder(cwd, 'a/b')).toBe(join(cwd, 'a', 'b'));
  await writeFile(join(cwd, 'a', 'b', 'notes.txt'), '');
  await expect(useRunFolder(cwd, 'a/b')).rejects.toThrow(
    '--run a/b is not empty and holds no run (notes.txt)',
  );
  await writeFile(join(cwd, 'a', 'b', 'config.json'), '{}');
  await expect(useRunFolder(cwd, 'a/b')).rejects.toThrow(
    '--run a/b holds a run already; go on with `kiln resume a/b`',
  );
  await writeFile(join(cwd, 'file'), '');
  await expect(useRunFolder(cwd, 'file')).rejects.toThrow(
    /--run file cannot be written: .*; name another folder/,
  );
  expect(await readdir(join(cwd, 'a', 'b'))).toEqual(['config.json', 'notes.txt']);
});
