import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kilnWithFakeWorker, temporaryFolder } from '../../test/harness.ts';

test('kiln inspect shows what the worker found', async () => {
  const cwd = await temporaryFolder();
  const { code, out } = await kilnWithFakeWorker(cwd, [
    'inspect',
    'fake',
    '--batch',
    '64',
    '--run',
    '2',
    '--set',
    'stepMs=3',
    '--out',
    'step.pb',
  ]);
  expect(code).toBe(0);
  for (const line of [
    /^batch +64 images an update, 32 on each of 2 workers$/m,
    /^nodes +10, of which 8 are needed; GraphDef 12 B$/m,
    /^ {2}G +1,234,567 +8$/m,
    /^ {2}the step beside them, at its peak +3\.0 MB, at G\/x$/m,
    /^arithmetic of one worker +2\.5 Gflop/m,
    /^ {2}D forward +2\.0 Gflop +80\.0 %\n {2}G forward +500 Mflop +20\.0 %$/m,
    /^measured +5\.0 ms a step, 500\.0 Gflop\/s$/m,
    /^ {2}G\/x +Conv2D +3\.00 ms +75\.0 % +1 a step$/m,
  ])
    expect(out).toMatch(line);
  // What the worker was asked.
  expect(JSON.parse(await readFile(join(cwd, 'step.pb'), 'utf8'))).toEqual({
    batch: 64,
    runs: 2,
    set: ['stepMs=3'],
    out: join(cwd, 'step.pb'),
  });
});

test('kiln inspect --json prints all of it', async () => {
  const cwd = await temporaryFolder();
  const { out } = await kilnWithFakeWorker(cwd, ['inspect', 'fake', '--json']);
  expect(JSON.parse(out)).toMatchObject({ recipe: 'fake', cost: { flops: 2.5e9 } });
});
