import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { save, temporaryFolder } from '../test/fixture.ts';
import { newestValid, removeStaging } from './collection.ts';
import { shardFile } from './layout.ts';

const program = join(import.meta.dirname, '../test/endless-save.ts');

test('kill -9 while a shard is being written leaves the checkpoint before it, and a folder that goes at the next start', async () => {
  const root = await temporaryFolder();
  await save(root, 1);
  const writer = spawn(process.execPath, ['--conditions=@kiln/source', program, root], { stdio: 'inherit' });
  const ended = once(writer, 'exit');
  const staging = async () => (await readdir(root)).filter((name) => name.includes('.tmp-'));
  const blocks = async () => {
    const [folder] = await staging();
    if (folder === undefined) return 0;
    return stat(join(root, folder, shardFile(0, 1))).then(
      (file) => file.size,
      () => 0,
    );
  };
  while ((await blocks()) === 0) await sleep(2);
  writer.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);

  expect(await staging()).toHaveLength(1);
  const bad: unknown[] = [];
  expect((await newestValid(root, (found) => bad.push(found)))?.step).toBe(1);
  expect(bad).toEqual([]);
  expect(await removeStaging(root)).toHaveLength(1);
  expect((await readdir(root)).toSorted()).toEqual(['LATEST', 'step-00000001']);
});
