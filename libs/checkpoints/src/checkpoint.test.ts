import { cp, readdir, readFile, rename, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleState, save, temporaryFolder } from '../test/fixture.ts';
import { hashState, readCheckpoint, readCheckpointTensors, verifyCheckpoint } from './checkpoint.ts';
import { manifestFile, shardFile } from './layout.ts';

const shard0 = shardFile(0, 2);
const shard1 = shardFile(1, 2);

test('written by N workers, read by M: the same bytes, the same hash of the state', async () => {
  const folder = await temporaryFolder();
  const expected = new Map(sampleState(9).map((tensor) => [tensor.name, tensor]));
  const hashes = new Set<string>();
  for (const numShards of [1, 2, 3, 4, 12]) {
    const { path } = await save(join(folder, String(numShards)), 9, { numShards });
    const { manifest, tensors } = await readCheckpoint(path);
    expect(new Map(tensors)).toEqual(expected);
    expect(manifest.meta).toEqual({ step: 9, images: 576, seed: 3, measured: { step: 9, values: {} } });
    const [first, second] = [['G/dense/bias', 'counter'], [...expected.keys()].slice(2)];
    for (const names of [first, second]) {
      const part = await readCheckpointTensors(path, names!);
      expect(new Map(part.tensors)).toEqual(new Map(names!.map((name) => [name, expected.get(name)])));
    }
    hashes.add(await hashState(path));
  }
  expect(hashes.size).toBe(1);
});

test('tensors longer than one read or write come back whole', async () => {
  const data = new Uint8Array(9 * 2 ** 20 + 4).map((_, index) => index % 251);
  const tensors = [{ name: 'big', dtype: 'F32' as const, shape: [data.length / 4], data }, ...sampleState()];
  const { path } = await save(await temporaryFolder(), 1, { tensors });
  for (const read of [readCheckpoint, (folder: string) => readCheckpointTensors(folder, ['big'])]) {
    const big = (await read(path)).tensors.get('big');
    expect(Buffer.compare(big!.data, data)).toBe(0);
  }
});

test('another name, type, shape or byte is another state', async () => {
  const folder = await temporaryFolder();
  const base = { name: 'a', dtype: 'F32', shape: [2], data: new Uint8Array(8) } as const;
  const variants = [
    base,
    { ...base, name: 'b' },
    { ...base, dtype: 'I32' } as const,
    { ...base, shape: [1, 2] },
    { ...base, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1) },
  ];
  const hashes = [];
  for (const [index, tensor] of variants.entries()) {
    hashes.push(await hashState((await save(join(folder, String(index)), 1, { tensors: [tensor] })).path));
  }
  expect(new Set(hashes).size).toBe(variants.length);
});

test('a name that the checkpoint does not hold is an error that says so', async () => {
  const { path } = await save(await temporaryFolder(), 1);
  await expect(readCheckpointTensors(path, ['counter', 'G/typo', 'x'])).rejects.toThrow(
    'does not hold tensor "G/typo" and 1 more',
  );
});

test('every flipped bit of every file is found, and names the file', async () => {
  const { path } = await save(await temporaryFolder(), 1);
  for (const name of await readdir(path)) {
    const file = join(path, name);
    const good = await readFile(file);
    // Each byte of the manifest and the headers, each fifth byte of the data.
    const positions = [...good.keys()].filter(
      (index) => name === manifestFile || index < 300 || index % 5 === 0,
    );
    const unseen: number[] = [];
    for (const position of positions) {
      const bad = Buffer.from(good);
      bad[position]! ^= 1 << (position % 8);
      await writeFile(file, bad);
      const { problems } = await verifyCheckpoint(path);
      if (!problems.some((problem) => problem.file === file)) unseen.push(position);
    }
    expect(unseen).toEqual([]);
    await writeFile(file, good);
  }
  expect((await verifyCheckpoint(path)).problems).toEqual([]);
});

test('a load, which takes checksums, finds a flipped bit in any byte of the data', async () => {
  const { path } = await save(await temporaryFolder(), 1);
  const file = join(path, shard0);
  const good = await readFile(file);
  const dataBegin = 8 + Number(good.readBigUInt64LE());
  for (let position = dataBegin; position < good.length; position++) {
    const bad = Buffer.from(good);
    bad[position]! ^= 1 << (position % 8);
    await writeFile(file, bad);
    await expect(readCheckpoint(path)).rejects.toThrow('does not have the CRC-32C that the manifest states');
  }
});

test('a file cut at any place, or with bytes added, is found', async () => {
  const { path } = await save(await temporaryFolder(), 1);
  for (const name of await readdir(path)) {
    const file = join(path, name);
    const good = await readFile(file);
    for (const length of [0, 1, 7, 8, 9, good.length >> 1, good.length - 1]) {
      await truncate(file, length);
      const { problems } = await verifyCheckpoint(path);
      expect(problems.map((problem) => problem.file)).toContain(file);
      await writeFile(file, good);
    }
    await writeFile(file, Buffer.concat([good, Buffer.from(' ')]));
    expect((await verifyCheckpoint(path)).problems[0]?.file).toBe(file);
    await writeFile(file, good);
  }
});

test('a missing, swapped, stale or additional shard, or a link in its place, is found and named', async () => {
  const root = await temporaryFolder();
  const { path } = await save(root, 2);
  const older = await save(root, 1);
  const spare = join(root, 'spare');
  await cp(path, spare, { recursive: true });
  const restore = () => cp(spare, path, { recursive: true, force: true });
  const problem = async () =>
    (await verifyCheckpoint(path)).problems.map(({ message }) => message).join('\n');

  await unlink(join(path, shard1));
  expect(await problem()).toContain(`${join(path, shard1)}: not found`);
  await symlink(join(spare, shard1), join(path, shard1));
  expect(await problem()).toContain(`${join(path, shard1)}: a symbolic link`);
  await unlink(join(path, shard1));
  await restore();

  await cp(join(older.path, shard0), join(path, shard0));
  expect(await problem()).toContain(join(path, shard0));
  await restore();

  await rename(join(path, shard0), join(path, 'x'));
  await rename(join(path, shard1), join(path, shard0));
  await rename(join(path, 'x'), join(path, shard1));
  expect(await problem()).toContain(join(path, shard0));
  expect(await problem()).toContain(join(path, shard1));
  await restore();

  await cp(join(path, shard0), join(path, shardFile(2, 3)));
  expect(await problem()).toContain(`${shardFile(2, 3)}: is a shard that the manifest does not list`);
  await expect(readCheckpoint(path)).rejects.toMatchObject({ code: 'foreign' });
});

test('a manifest moved to the folder of another step is refused', async () => {
  const root = await temporaryFolder();
  const { path } = await save(root, 5);
  await rename(path, join(root, 'step-00000006'));
  const { problems } = await verifyCheckpoint(join(root, 'step-00000006'));
  expect(problems[0]?.message).toContain('manifest.json: is that of step 5');
});
