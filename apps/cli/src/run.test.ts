/** Whole runs with real processes: command line, coordinator and fake workers, on Unix sockets and loopback. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KilnProcess, kilnWithFakeWorker, sleep, temporaryFolder, type Result } from '../test/harness.ts';

const endless = ['--steps', '100000', '--set', 'stepMs=20', '--checkpoint-steps', '1000000'];
const statusOf = async (run: string) =>
  JSON.parse(await readFile(join(run, 'status.json'), 'utf8')) as { state: string; step: number };
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a run from train to its last checkpoint: what is shown, what is there, how it is looked at', async () => {
  const cwd = await temporaryFolder();
  const { code, out, err } = await kilnWithFakeWorker(cwd, ['train', 'fake', '--steps', '25', '--seed', '5']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain('\u001B');
  expect(out.match(/^tick \d+ .*$/gm)).toHaveLength(5);
  expect(out).toMatch(
    /^tick 5 +kimg 0\.20 +time \d+s +sec\/kimg 1\.50 +images\/s 667 +loss D 0\.0400 +loss G 2\.0000 +memory 123 MB$/m,
  );
  expect(out).toMatch(
    /finished at step 25 .* after \d+s\n {2}samples +runs\/fake-000\/samples\n {2}events +runs\/fake-000\/events +npx kiln tensorboard runs\/fake-000/,
  );
  expect(out).toContain('npx kiln checkpoint list runs/fake-000');
  const run = join(cwd, 'runs', 'fake-000');
  expect(await readdir(run)).toEqual(
    expect.arrayContaining(['checkpoints', 'config.json', 'log.jsonl', 'metrics.jsonl', 'status.json']),
  );
  expect(JSON.parse(await readFile(join(run, 'config.json'), 'utf8'))).toMatchObject({
    recipe: 'fake',
    seed: 5,
    steps: 25,
  });

  const ask = (...args: string[]): Promise<Result> => kilnWithFakeWorker(cwd, args);
  const [status, list, verify, sample, evaluation, sweep] = await Promise.all([
    ask('status', 'runs/fake-000', '--json'),
    ask('checkpoint', 'list', 'runs/fake-000', '--json'),
    ask('checkpoint', 'verify', 'runs/fake-000'),
    ask('sample', 'runs/fake-000', '--seeds', '0-3,9', '--out', 'grid.png'),
    ask('evaluate', 'runs/fake-000', '--num', '50'),
    ask('evaluate', 'runs/fake-000', '--num', '50', '--truncation', '0.2,1'),
  ]);
  expect(JSON.parse(status.out)).toMatchObject({
    state: 'finished',
    step: 25,
    generation: 1,
    workers: [{ rank: 0 }, { rank: 1 }],
  });
  expect((JSON.parse(list.out) as { step: number }[]).map(({ step }) => step)).toEqual([10, 20, 25]);
  expect(verify.out).toBe('step 10  sound\nstep 20  sound\nstep 25  sound\n');
  expect(sample.out).toBe('grid.png: 5 images of runs/fake-000/checkpoints/step-00000025\n');
  expect(await readFile(join(cwd, 'grid.png'), 'utf8')).toBe('[0,1,2,3,9]');
  expect(evaluation.out).toMatch(
    /^FID +1\.500\nKID +2\.500e-1 .*\nas asked +50\.0 % .*\nsamples +50, beside 7 real images$/m,
  );
  expect(sweep.out).toMatch(
    /^truncation +FID +KID +as asked\n0\.2 +1\.500 +2\.500e-1 +50\.0 %\n1 +1\.500 .*\n\nsamples +50, beside 7 real images$/m,
  );
});

test('two sets of images are compared without a run', async () => {
  const cwd = await temporaryFolder();
  const asked = ['compare', 'fakes:range=0..5', 'photos', '--weights', 'w.pth', '--workers', '2'];
  const { code, out, err } = await kilnWithFakeWorker(cwd, asked);
  expect([code, err, out]).toEqual([
    0,
    '',
    expect.stringMatching(
      /^FID +1\.500\nKID +2\.500e-1 .*\nimages +5, beside 7 real images\nfeatures +fake /,
    ),
  ]);
  const json = JSON.parse((await kilnWithFakeWorker(cwd, [...asked, '--json'])).out) as unknown;
  expect(json).toMatchObject({ fid: 1.5, images: 'fakes:range=0..5', data: 'photos' });
});

test('what lies between seeds and what styles mix to is drawn as asked', async () => {
  const cwd = await temporaryFolder();
  await kilnWithFakeWorker(cwd, ['train', 'fake', '--steps', '10', '--run', 'r']);
  const asked = async (out: string): Promise<unknown> => JSON.parse(await readFile(join(cwd, out), 'utf8'));
  const way = ['--seeds', '3,5', '--classes', '1,2', '--way', 'lerp', '--loop', '--truncation', '0.5'];
  const interpolation = await kilnWithFakeWorker(cwd, ['interpolate', 'r', ...way, '--out', 'way.gif']);
  expect(interpolation).toEqual({ code: 0, err: '', out: 'way.gif: 12 images of r\n' });
  expect(await asked('way.gif')).toEqual({
    seeds: [3, 5],
    classes: [1, 2],
    frames: 10,
    way: 'lerp',
    loop: true,
    fps: 12,
    truncation: 0.5,
  });
  const mix = await kilnWithFakeWorker(cwd, [
    'mix',
    'r',
    '--rows',
    '1,2',
    '--layers',
    'coarse,4-5',
    '--class',
    '7',
    '--out',
    'table.png',
  ]);
  expect(mix.out).toBe('table.png: 12 images of r, styles of the columns in layers 0-3, 4-5\n');
  expect(await asked('table.png')).toEqual({
    rows: [1, 2],
    columns: [10, 11, 12, 13, 14],
    layers: ['coarse', [4, 5]],
    class: 7,
  });
});

test('resume passes over a damaged checkpoint, names it, leaves it, and goes on with another number of workers', async () => {
  const cwd = await temporaryFolder();
  await kilnWithFakeWorker(cwd, ['train', 'fake', '--steps', '20', '--run', 'r']);
  const shard = join(cwd, 'r', 'checkpoints', 'step-00000020', 'shard-00000-of-00002.safetensors');
  const bytes = await readFile(shard);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(shard, bytes);

  const verify = await kilnWithFakeWorker(cwd, ['checkpoint', 'verify', 'r']);
  expect(verify.code).toBe(4);
  expect(verify.out).toMatch(
    /^step 10 {2}sound\nstep 20 {2}damaged {2}\[checkpoint\] .*shard-00000-of-00002\.safetensors: data of tensor "counter\/0" does not have/,
  );
  const hash = await kilnWithFakeWorker(cwd, ['checkpoint', 'hash', 'r']);
  expect(hash.out).toMatch(/^[0-9a-f]{64}\n$/);
  expect(hash.err).toContain(`passed over: [checkpoint] ${shard}`);
  expect(await readFile(shard)).toEqual(bytes);

  const resumed = await kilnWithFakeWorker(cwd, ['resume', 'r', '--workers', '1', '--steps', '30']);
  expect(resumed.code).toBe(0);
  expect(resumed.err).toMatch(
    /warning coordinator: checkpoint .*step-00000020 passed over: \[checkpoint\] .*shard-00000-of-00002\.safetensors/,
  );
  expect(resumed.out).toContain('finished at step 30');
  expect(await statusOf(join(cwd, 'r'))).toMatchObject({ generation: 2, worldSize: 1 });
});

test('Ctrl-C saves a checkpoint of the last step and exits with 0; resume goes on from there', async () => {
  const cwd = await temporaryFolder();
  const run = new KilnProcess(cwd, ['train', 'fake', ...endless, '--run', 'r']);
  await run.says(/tick 2/);
  run.child.kill('SIGINT');
  const { code, out, err } = await run.ended;
  expect(code).toBe(0);
  expect(err).toContain('stopping after this step and saving a checkpoint');
  const step = Number(/stopped at step (\d+) /.exec(out)?.[1]);
  expect(out).toContain('npx kiln resume r');
  expect(await readdir(join(cwd, 'r', 'checkpoints'))).toContain(`step-${String(step).padStart(8, '0')}`);
  const resumed = await kilnWithFakeWorker(cwd, ['resume', 'r', '--steps', String(step + 5)]);
  expect(resumed.out).toContain(`finished at step ${step + 5}`);
});

test('a second Ctrl-C does not wait: exit code 130, no process is left', async () => {
  const cwd = await temporaryFolder();
  const run = new KilnProcess(cwd, [
    'train',
    'fake',
    '--steps',
    '100',
    '--set',
    'stepMs=600000',
    '--run',
    'r',
  ]);
  await run.says(/processes/);
  while ((await statusOf(join(cwd, 'r')).catch(() => undefined))?.state !== 'running') await sleep(20);
  const { workers, coordinatorPid } = (await statusOf(join(cwd, 'r'))) as unknown as {
    workers: { pid: number }[];
    coordinatorPid: number;
  };
  run.child.kill('SIGINT');
  await sleep(700);
  run.child.kill('SIGINT');
  const { code, err } = await run.ended;
  expect(code).toBe(130);
  expect(err).toContain('stopping at once');
  expect([coordinatorPid, ...workers.map(({ pid }) => pid)].filter((pid) => isAlive(pid))).toEqual([]);
});

test('a killed worker ends the run with its rank, host and pid, and exit code 5', async () => {
  const cwd = await temporaryFolder();
  const { code, err } = await kilnWithFakeWorker(cwd, [
    'train',
    'fake',
    '--steps',
    '50',
    '--set',
    'stepMs=20',
    '--set',
    'dieAtStep=12',
    '--run',
    'r',
  ]);
  expect(code).toBe(5);
  expect(err).toMatch(
    /^\[worker-lost\] .*rank 1 .*pid \d+.* was killed or crashed.*logs are in r\/logs; go on from the last checkpoint with `kiln resume r`$/m,
  );
});

test('a worker that ends before it joins ends the run with its own last words and exit code', async () => {
  const cwd = await temporaryFolder();
  const { code, err } = await kilnWithFakeWorker(cwd, ['train', 'fake', '--run', 'r'], {
    FAKE_WORKER_FAILS: '1',
  });
  expect(code).toBe(7);
  expect(err).toMatch(
    /^\[setup\] worker 1 \(pid \d+\) ended with code 7 before it joined: \[setup\] the fake addon is missing; see .*worker-1\.log/m,
  );
});

test('two runs in one folder: the second is refused, the first goes on', async () => {
  const cwd = await temporaryFolder();
  const first = new KilnProcess(cwd, ['train', 'fake', ...endless, '--run', 'r']);
  await first.says(/tick 1/);
  const [train, resume] = await Promise.all([
    kilnWithFakeWorker(cwd, ['train', 'fake', '--run', 'r']),
    kilnWithFakeWorker(cwd, ['resume', 'r']),
  ]);
  expect(train).toMatchObject({
    code: 6,
    err: '[coordinator] --run r holds a run already; go on with `kiln resume r`, or name another folder\n',
  });
  expect(resume.code).toBe(6);
  expect(resume.err).toMatch(/has a run already: coordinator pid \d+ holds it/);
  const live = await kilnWithFakeWorker(cwd, ['status', 'r']);
  expect(live.out).toMatch(/^state +running$/m);
  expect(live.out).toMatch(/^1 +\S+ +\d+ +cpu +training +\d+ +\d\.\d s ago$/m);
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

test('a dry run shows the whole configuration and the plan, and makes nothing', async () => {
  const cwd = await temporaryFolder();
  const { code, out, err } = await kilnWithFakeWorker(cwd, [
    'train',
    'fake',
    '--dry-run',
    '--batch',
    '12',
    '--workers',
    '3',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ recipe: 'fake', batch: 12, workers: 3 });
  expect(err).toMatch(/run folder +runs\/fake-000\n.*\n?batch +12 images an update, 4 on each worker/);
  expect(await readdir(cwd)).toEqual([]);
});

test('coordinator and workers by hand, on a port; a port in use is an error that names it', async () => {
  const cwd = await temporaryFolder();
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    taken.once('listening', resolve);
  });
  const { port } = taken.address() as { port: number };
  const refused = await kilnWithFakeWorker(cwd, [
    'coordinator',
    'fake',
    '--listen',
    `127.0.0.1:${port}`,
    '--run',
    'x',
  ]);
  taken.close();
  expect(refused.code).toBe(6);
  expect(refused.err).toContain(String(port));

  const coordinator = new KilnProcess(cwd, [
    'coordinator',
    'fake',
    '--listen',
    '127.0.0.1:0',
    '--run',
    'r',
    '--steps',
    '5',
  ]);
  const [, address] = await coordinator.says(
    /npx kiln worker --coordinator (127\.0\.0\.1:\d+) --token-file r\/control\.json/,
  );
  const workers = [
    kilnWithFakeWorker(cwd, ['worker', '--run', 'r', '--rank', '1']),
    kilnWithFakeWorker(cwd, ['worker', '--coordinator', address ?? '', '--token-file', 'r/control.json']),
  ];
  expect(await Promise.all(workers)).toEqual([
    { code: 0, out: '', err: '' },
    { code: 0, out: '', err: '' },
  ]);
  const { code, out } = await coordinator.ended;
  expect(code).toBe(0);
  expect(out).toContain('finished at step 5');
});
