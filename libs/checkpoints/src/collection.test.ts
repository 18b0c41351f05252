import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { save, temporaryFolder } from '../test/fixture.ts';
import {
  listCheckpoints,
  newestValid,
  removeAfter,
  removeStaging,
  retain,
  type BadCheckpoint,
} from './collection.ts';
import { beginCheckpoint } from './commit.ts';
import { manifestFile, shardFile } from './layout.ts';

async function contents(folder: string): Promise<Map<string, string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return new Map(
    await Promise.all(read.map(async (file) => [file, (await readFile(file)).toString('base64')] as const)),
  );
}

test('a corrupt newest checkpoint is named with file and reason, the one before is taken, nothing is touched', async () => {
  const root = await temporaryFolder();
  for (const step of [100, 200, 300]) await save(root, step);
  const shard = join(root, 'step-00000300', shardFile(1, 2));
  const bytes = await readFile(shard);
  bytes[bytes.length - 1]! ^= 4;
  await writeFile(shard, bytes);
  const before = await contents(root);

  const bad: BadCheckpoint[] = [];
  const chosen = await newestValid(root, (problem) => bad.push(problem));

  expect(chosen?.step).toBe(200);
  expect(bad.map(({ step }) => step)).toEqual([300]);
  expect(bad[0]?.problems[0]).toMatchObject({ file: shard, code: 'corrupt' });
  expect(bad[0]?.problems[0]?.message).toMatch(
    /data of tensor ".+" does not have the SHA-256 that the manifest states/,
  );
  expect(await contents(root)).toEqual(before);
});

test('LATEST is not believed', async () => {
  const root = await temporaryFolder();
  await save(root, 1);
  await save(root, 2);
  expect(await readFile(join(root, 'LATEST'), 'utf8')).toBe('step-00000002\n');
  await writeFile(join(root, 'LATEST'), 'step-00009999\n');
  expect((await newestValid(root))?.step).toBe(2);
});

test('no checkpoint at all is null, whether the folder exists or not', async () => {
  const root = await temporaryFolder();
  expect(await newestValid(root)).toBeNull();
  expect(await newestValid(join(root, 'absent'))).toBeNull();
  expect(await listCheckpoints(join(root, 'absent'))).toEqual([]);
});

test('unfinished saves and foreign names are not checkpoints', async () => {
  const root = await temporaryFolder();
  await save(root, 7);
  await beginCheckpoint(root, 8, 'abc');
  for (const name of ['step-9', 'step-000000009', 'step-0000000x', 'notes', 'step-00000009.damaged-1'])
    await mkdir(join(root, name));
  expect((await listCheckpoints(root)).map(({ step }) => step)).toEqual([7]);
});

test('a folder with the name of a checkpoint and without a manifest is listed with its problem', async () => {
  const root = await temporaryFolder();
  await save(root, 7);
  await mkdir(join(root, 'step-00000009'));
  const [good, bad] = await listCheckpoints(root);
  expect(good).toMatchObject({ step: 7, problem: null });
  expect(bad).toMatchObject({
    step: 9,
    manifest: null,
    problem: { code: 'missing', file: join(root, 'step-00000009', manifestFile) },
  });
});

test('the last K and every permanent one stay; damaged ones neither count nor go', async () => {
  const root = await temporaryFolder();
  for (const step of [1, 2, 3, 4, 5]) await save(root, step, { permanent: step === 2 });
  await rm(join(root, 'step-00000005', manifestFile));
  const removed = await retain(root, { keepLast: 2 });
  expect(removed).toEqual([join(root, 'step-00000001')]);
  expect((await listCheckpoints(root)).map(({ step }) => step)).toEqual([2, 3, 4, 5]);
  expect(await retain(root, { keepLast: 1 })).toEqual([join(root, 'step-00000003')]);
  expect(await retain(root, { keepLast: 1 })).toEqual([]);
  await expect(retain(root, { keepLast: 0 })).rejects.toThrow('keeping 0 checkpoints, expected at least 1');
});

test('the checkpoint with the best value of a metric stays, the oldest of equals', async () => {
  const root = await temporaryFolder();
  const fids = [30, 12, 12, 25, Number.NaN, 40];
  for (const [index, fid] of fids.entries()) await save(root, index + 1, { values: { fid } });
  const left = async (): Promise<number[]> => (await listCheckpoints(root)).map(({ step }) => step);
  await retain(root, { keepLast: 1, keepBest: { metric: 'fid', order: 'min' } });
  expect(await left()).toEqual([2, 6]);
  await save(root, 7, { values: { fid: 50 } });
  await retain(root, { keepLast: 1, keepBest: { metric: 'fid', order: 'max' } });
  expect(await left()).toEqual([7]);
});

test('the newest from before the troubles that the newest of all knows of stays', async () => {
  const root = await temporaryFolder();
  for (const step of [1, 2, 3, 4, 5, 6]) await save(root, step, { goodStep: Math.min(step, 3) });
  await retain(root, { keepLast: 2 });
  expect((await listCheckpoints(root)).map(({ step }) => step)).toEqual([3, 5, 6]);
  await save(root, 7, { goodStep: 6 });
  await retain(root, { keepLast: 2 });
  expect((await listCheckpoints(root)).map(({ step }) => step)).toEqual([6, 7]);
});

test('checkpoints of a training that was given up go, permanent and damaged ones under another name', async () => {
  const root = await temporaryFolder();
  for (const step of [1, 2, 3, 4]) await save(root, step, { permanent: step === 3 });
  await rm(join(root, 'step-00000004', manifestFile));
  expect(await removeAfter(root, 1)).toHaveLength(3);
  expect((await readdir(root)).toSorted()).toEqual([
    'LATEST',
    'step-00000001',
    expect.stringMatching(/^step-00000003\.given-up-/),
    expect.stringMatching(/^step-00000004\.given-up-/),
  ]);
});

test('what an interrupted save left is removed, and only that', async () => {
  const root = await temporaryFolder();
  await save(root, 1);
  const staging = await beginCheckpoint(root, 2, 'n1');
  await mkdir(join(root, 'step-00000009.damaged-1'));
  expect(await removeStaging(root)).toEqual([staging]);
  expect((await readdir(root)).toSorted()).toEqual(['LATEST', 'step-00000001', 'step-00000009.damaged-1']);
});
