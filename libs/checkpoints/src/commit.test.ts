import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { sampleState, save, temporaryFolder, writeShards } from '../test/fixture.ts';
import { hashState, verifyCheckpoint } from './checkpoint.ts';
import { newestValid } from './collection.ts';
import { abandonCheckpoint, beginCheckpoint, commitCheckpoint } from './commit.ts';
import { disk } from './durable-files.ts';
import { shardFile } from './layout.ts';
import { writeShard } from './shard-writer.ts';

afterEach(() => vi.restoreAllMocks());

const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

test('files and folders are flushed in an order that a power cut cannot break', async () => {
  const root = await temporaryFolder();
  const events: string[] = [];
  const name = (path: string) => path.slice(root.length).replace(/tmp-\w+/, 'tmp');
  const realOpen = disk.open;
  vi.spyOn(disk, 'open').mockImplementation(async (path, flags, mode) => {
    const handle = await realOpen(path, flags, mode);
    const sync = handle.sync.bind(handle);
    vi.spyOn(handle, 'sync').mockImplementation(() => (events.push(`sync ${name(String(path))}`), sync()));
    return handle;
  });
  const realRename = disk.rename;
  vi.spyOn(disk, 'rename').mockImplementation((from, to) => {
    events.push(`rename ${name(String(from))} ${name(String(to))}`);
    return realRename(from, to);
  });
  await save(root, 1, { numShards: 1 });
  expect(events).toEqual([
    'sync /step-00000001.tmp/shard-00000-of-00001.safetensors',
    'sync /step-00000001.tmp/manifest.json',
    'sync /step-00000001.tmp',
    'rename /step-00000001.tmp /step-00000001',
    'sync ',
    `sync /LATEST.tmp-${process.pid}`.replace(/tmp-\w+/, 'tmp'),
    'rename /LATEST.tmp /LATEST',
    'sync ',
  ]);
});

test('disk full at any write of a save: older checkpoints stay, nothing of the attempt remains, the next save works', async () => {
  const root = await temporaryFolder();
  await save(root, 100);
  const hash = await hashState(join(root, 'step-00000100'));
  const real = { ...disk };
  let writes = 0;
  let failing = -1;
  const mayFail = () => {
    if (writes++ === failing) throw noSpace();
  };
  vi.spyOn(disk, 'write').mockImplementation(async (...args) => (mayFail(), real.write(...args)));
  vi.spyOn(disk, 'writeHashed').mockImplementation(async (...args) => (mayFail(), real.writeHashed(...args)));
  await save(await temporaryFolder(), 200, { numShards: 2 });
  // A header and data for each shard, the manifest, and LATEST, which comes after the commit.
  const numWrites = writes;
  expect(numWrites).toBe(6);

  for (failing = 0; failing < numWrites - 1; failing++) {
    writes = 0;
    const staging = await beginCheckpoint(root, 200);
    const attempt = writeShards(staging, sampleState(200), 2).then((shards) =>
      commitCheckpoint({ root, step: 200, staging, shards, meta: {} }),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'disk-full' });
    await abandonCheckpoint(staging);
    expect((await readdir(root)).toSorted()).toEqual(['LATEST', 'step-00000100']);
  }
  vi.restoreAllMocks();
  expect((await newestValid(root))?.step).toBe(100);
  expect(await hashState(join(root, 'step-00000100'))).toBe(hash);
  await save(root, 200);
  expect((await newestValid(root))?.step).toBe(200);
});

test('a device that is really full is reported with the file, and the file is gone', async () => {
  const staging = await beginCheckpoint(await temporaryFolder(), 1);
  vi.spyOn(disk, 'open').mockImplementationOnce(() => open('/dev/full', 'w'));
  const file = join(staging, shardFile(0, 1));
  await expect(writeShard(staging, 0, 1, sampleState())).rejects.toMatchObject({
    code: 'disk-full',
    file,
    message: `[checkpoint] ${file}: no space left while writing (ENOSPC); free some, or move the run folder (disk-full)`,
  });
  expect(await readdir(staging)).toEqual([]);
});

test('a disk that fills up after the rename does not undo the commit', async () => {
  const root = await temporaryFolder();
  const realOpen = disk.open;
  vi.spyOn(disk, 'open').mockImplementation((path, flags, mode) =>
    String(path).includes('LATEST') ? open('/dev/full', 'w') : realOpen(path, flags, mode),
  );
  await save(root, 1);
  expect((await newestValid(root))?.step).toBe(1);
});

test('shards must hold exactly what was expected', async () => {
  const root = await temporaryFolder();
  const tensors = sampleState();
  const names = tensors.map(({ name }) => name);
  const attempt = async (
    expectedTensors: string[],
    change: (records: Awaited<ReturnType<typeof writeShards>>) => unknown = (r) => r,
  ) => {
    const staging = await beginCheckpoint(root, 1);
    const shards = change(await writeShards(staging, tensors, 2)) as Awaited<ReturnType<typeof writeShards>>;
    return commitCheckpoint({ root, step: 1, staging, shards, expectedTensors, meta: {} });
  };
  await expect(attempt([...names, 'D/more'])).rejects.toThrow('tensor "D/more" was written by no rank');
  await expect(attempt(names.slice(1))).rejects.toThrow('tensor "G/dense/kernel" is not part of the state');
  await expect(attempt(names, (shards) => shards.slice(1))).rejects.toThrow(/record of shard-00000-of-00001/);
  await expect(attempt(names, () => [])).rejects.toThrow('no shards were written');
  await expect(attempt(names, ([a, b]) => [a, { ...b!, tensors: a!.tensors }])).rejects.toThrow(
    'was written by two ranks',
  );
  await expect(attempt(names, ([a, b]) => [a, { ...b!, bytes: 1 }])).rejects.toThrow('its writer reported 1');
  await expect(
    attempt(names, ([a, b]) => [a, { ...b!, file: '../../shard-00001-of-00002.safetensors' }]),
  ).rejects.toThrow(/names "..\/../);
  expect(await readdir(root)).toEqual([]);
});

test('only staging folders of this root are committed or removed', async () => {
  const root = await temporaryFolder();
  const { path } = await save(root, 1);
  await expect(commitCheckpoint({ root, step: 1, staging: path, shards: [], meta: {} })).rejects.toThrow(
    'is not a staging folder',
  );
  await expect(
    commitCheckpoint({ root, step: 1, staging: '/elsewhere/step-00000001.tmp-x', shards: [], meta: {} }),
  ).rejects.toThrow('is not a staging folder');
  await expect(abandonCheckpoint(path)).rejects.toThrow('is not a staging folder');
  await expect(beginCheckpoint(root, 1, '../x')).rejects.toThrow('nonce "../x", expected');
  await expect(beginCheckpoint(root, -1)).rejects.toThrow('-1, expected a whole number from 0');
  expect((await verifyCheckpoint(path)).problems).toEqual([]);
});

test('the same state saved again at a step leaves the first one; another state replaces it; a damaged one is set aside', async () => {
  const root = await temporaryFolder();
  const { path } = await save(root, 1);
  const { ino } = await stat(path);
  await save(root, 1, { numShards: 3 });
  expect((await stat(path)).ino).toBe(ino);

  await save(root, 1, { tensors: sampleState(77) });
  expect((await stat(path)).ino).not.toBe(ino);
  expect((await readdir(root)).toSorted()).toEqual(['LATEST', 'step-00000001']);

  const shard = join(path, shardFile(0, 2));
  await writeFile(shard, (await readFile(shard)).subarray(1));
  await save(root, 1);
  expect((await verifyCheckpoint(path)).problems).toEqual([]);
  expect((await readdir(root)).filter((name) => /^step-00000001\.damaged-\w+$/.test(name))).toHaveLength(1);
});
