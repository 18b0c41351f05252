import { expect, test } from 'vitest';
import { kilnWithFakeWorker, temporaryFolder } from '../../test/harness.ts';

test('kiln plan shows what the worker found, and which figures were not given', async () => {
  const cwd = await temporaryFolder();
  const { code, out, err } = await kilnWithFakeWorker(cwd, ['plan', 'fake', '--device-memory', '16']);
  expect(code).toBe(0);
  for (const line of [
    /^batch +64 images an update, 0\.5 on each of 128 workers$/m,
    /^device +16\.0 GB\n +20\.0 Tflop\/s \(assumed\)$/m,
    /^ring +25\.0 GB\/s \(assumed\)\n +20\.0 µs a hop \(assumed\)$/m,
    /^ {2}G +1,234,567$/m,
    /^ {2}together +44\.3 MB\n {2}fits +yes$/m,
    /^all +64 +1,000 +64 +2\.5 Gflop +7\.0 MB +14\.0 MB +125 ms +3\.00 ms +500$/m,
    /^time +2m 08s \(0\.0356 hours\)$/m,
  ])
    expect(out).toMatch(line);
  expect(err).toContain('a group of workers has at most 64 so far; this is for 128');
});

test('kiln plan says how a run would fit that does not, and gives the worker bytes and seconds', async () => {
  const cwd = await temporaryFolder();
  const args = ['plan', 'fake', '--device-memory', '0.02', '--latency', '5', '--steps', '9', '--set', 'a=1'];
  const { out } = await kilnWithFakeWorker(cwd, args);
  expect(out).toMatch(/^ {2}fits +no; with --accumulate 8 it does$/m);
  const { out: json } = await kilnWithFakeWorker(cwd, [...args, '--json']);
  expect(JSON.parse(json)).toMatchObject({
    device: { memory: 2e7, flops: 2e13, bandwidth: 25e9, latency: 5e-6 },
    asked: { steps: 9, set: ['a=1'] },
  });
});

test('kiln recipes <recipe> also says what its run needs', async () => {
  const { out } = await kilnWithFakeWorker(await temporaryFolder(), ['recipes', 'fake']);
  expect(out).toContain(
    'needs: 128 devices with 44.3 MB of memory each; `kiln plan fake` says how long it takes',
  );
});
