/** Real runs, with real workers: what options of `kiln train` change in them. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sleep, temporaryFolder, type Result } from '../test/harness.ts';
import { checkout } from './context.ts';

const bin = join(checkout, 'apps', 'cli', 'bin', 'kiln.mjs');

const kiln = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], (error, out, err) =>
      resolve({ code: (error?.code as number | undefined) ?? 0, out, err }),
    );
  });

async function train(...options: string[]): Promise<Result & { run: string }> {
  const run = join(await temporaryFolder(), 'run');
  return { run, ...(await kiln('train', 'smoke', '--run', run, ...options)) };
}

const json = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;

/** Both losses of the last tick. */
async function losses(run: string): Promise<number[]> {
  const ticks = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const last = JSON.parse(ticks.at(-1)!) as Record<string, number>;
  return [last['loss/D']!, last['loss/G']!];
}

interface WorkerStatus {
  readonly phase: string;
  readonly step: number;
}

/** None before the run has begun. */
const workersOf = (run: string): Promise<WorkerStatus[]> =>
  json(join(run, 'status.json')).then(
    ({ workers }) => workers as WorkerStatus[],
    () => [],
  );

// A busy machine takes its time to compile.
const timeout = 240_000;

test('two workers with --precision, --profile and --xla', { timeout }, async () => {
  const steps = ['--workers', '2', '--steps', '4', '--seed', '3'];
  const plain = await train(...steps);
  const half = await train(...steps, '--precision', 'bfloat16', '--profile-steps', '2');
  const xla = await train(...steps, '--xla');
  for (const { code, err } of [plain, half, xla]) expect({ code, err }).toEqual({ code: 0, err: '' });
  const expected = await losses(plain.run);
  const close = (digits: number) => expected.map((loss): unknown => expect.closeTo(loss, digits));
  // In 16 bits numbers differ, and not by much.
  expect(await losses(half.run)).not.toEqual(expected);
  expect(await losses(half.run)).toEqual(close(1));
  expect(await losses(xla.run)).toEqual(close(5));
  const profile = await readFile(join(half.run, 'profile.json'), 'utf8');
  expect(profile).toMatch(/rank 0[^]*rank 1/);
  expect(profile).toContain('discriminator forward');
});

test('one worker with --xla, which leaves nothing to profile', { timeout }, async () => {
  const { code, err, run } = await train('--xla', '--steps', '2');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(await json(join(run, 'config.json'))).toMatchObject({ xla: true, workers: 1 });
  expect((await losses(run)).every(Number.isFinite)).toBe(true);
  expect(await train('--xla', '--profile')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no ops to profile; leave --xla or --profile out') as unknown,
  });
});

test(
  '--keep-last, --permanent-steps and --tick-kimg decide what stays and what is told',
  { timeout },
  async () => {
    const kept = ['--checkpoint-steps', '2', '--keep-last', '1', '--permanent-steps', '4'];
    // Two steps of 32 images a tick.
    const { code, run } = await train('--workers', '1', '--steps', '7', '--tick-kimg', '0.064', ...kept);
    expect(code).toBe(0);
    const folders = await readdir(join(run, 'checkpoints'));
    expect(folders.filter((name) => name.startsWith('step-'))).toEqual(['step-00000004', 'step-00000007']);
    const ticks = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trim().split('\n');
    expect(ticks.map((line) => (JSON.parse(line) as { step: number }).step)).toEqual([2, 4, 6, 7]);
  },
);

test(
  'two workers with --on-collapse rollback, whose weights become infinite again and again',
  { timeout },
  async () => {
    const hopeless = [
      '--workers',
      '2',
      '--steps',
      '40',
      '--checkpoint-steps',
      '1',
      '--set',
      'learningRateG=1e30',
    ];
    const { code, err, run } = await train(...hopeless, '--on-collapse', 'rollback', '--max-rollbacks', '2');
    expect(code).toBe(8);
    const returns = [
      ...err.matchAll(/went back to \S+step-00000001 with half the learning rates \((return \d)/g),
    ];
    expect(returns.map(([, which]) => which)).toEqual(['return 1', 'return 2']);
    expect(err).toMatch(
      /\[training\] .*collapsed again after 2 returns .*: loss\/D became NaN at step 2; lower/,
    );
    // Of before the collapse, to go on from with other settings.
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['LATEST', 'step-00000001']);
  },
);

test(
  'two workers with --evaluate-every, told to stop while they evaluate: they give it up and save',
  { timeout },
  async () => {
    const run = join(await temporaryFolder(), 'run');
    // More samples than a test can wait for, after four steps of 32 images.
    const evaluating = [
      '--evaluate-every',
      '0.12',
      '--evaluate-num',
      '1000000',
      '--evaluate-extractor',
      'digits-classifier',
    ];
    const args = [bin, 'train', 'smoke', '--workers', '2', '--run', run, ...evaluating];
    const child = execFile(process.execPath, args);
    const ended = once(child, 'exit');
    const isEvaluating = ({ phase, step }: WorkerStatus): boolean => phase === 'sampling' && step >= 4;
    while (child.exitCode === null && !(await workersOf(run)).some(isEvaluating)) await sleep(50);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    const log = await readFile(join(run, 'log.jsonl'), 'utf8');
    expect(log).toContain('gave up the evaluation, because the run is to stop');
    // The step that tells all workers to stop comes after it.
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['LATEST', 'step-00000005']);
    await expect(readFile(join(run, 'evaluations.jsonl'))).rejects.toThrow('ENOENT');
  },
);

test('a run of a GPU is drawn from where there is none with --device cpu', { timeout }, async () => {
  const { run } = await train('--workers', '1', '--steps', '1');
  const file = join(run, 'config.json');
  await writeFile(file, JSON.stringify({ ...(await json(file)), device: 'gpu:9' }));
  expect(await kiln('sample', run, '--num', '2')).toMatchObject({
    code: 7,
    err: expect.stringContaining("device 'gpu:9' was asked for") as unknown,
  });
  expect(await kiln('sample', run, '--num', '2', '--device', 'cpu')).toMatchObject({ code: 0, err: '' });
});
