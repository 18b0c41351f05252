import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StepProfiler } from './step-profiler.ts';

let runFolder: string;
beforeEach(async () => {
  runFolder = await mkdtemp(join(tmpdir(), 'kiln-profiler-'));
});
afterEach(() => rm(runFolder, { recursive: true }));

const profiler = (rank: number, numSteps: number, startStep = 0, endStep = 100) =>
  new StepProfiler({ runFolder, rank, numSteps, startStep, endStep });

const wanted = (of: StepProfiler): number[] =>
  Array.from({ length: 100 }, (_, step) => step).filter((step) => of.wants(step));

const profileOf = (step: number) => ({
  step,
  ops: [],
  spans: [{ lane: 'step', name: `step ${step}`, start: step * 10, duration: 5 } as const],
});

describe('the profiled steps', () => {
  it('come after some others, with one before them that is not shown', () => {
    expect(wanted(profiler(0, 3))).toEqual([5, 6, 7, 8]);
    expect(wanted(profiler(0, 3, 40))).toEqual([45, 46, 47, 48]);
  });

  it('come earlier in a short run, and are none without the option', () => {
    expect(wanted(profiler(0, 3, 0, 6))).toEqual([2, 3, 4, 5]);
    expect(wanted(profiler(0, 0))).toEqual([]);
  });
});

it('rank 0 joins what all ranks have written', async () => {
  const ranks = [profiler(0, 2), profiler(1, 2)];
  expect(await ranks[0]!.merge()).toBeUndefined();
  for (const rank of ranks) for (const step of [6, 7, 8]) await rank.add(profileOf(step));
  expect(await ranks[1]!.merge()).toBeUndefined();
  const file = join(runFolder, 'profile.json');
  expect(await ranks[0]!.merge()).toBe(file);
  expect(await ranks[0]!.merge()).toBeUndefined();
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as {
    traceEvents: { ph: string; pid: number; name: string; ts: number }[];
  };
  expect(traceEvents.filter(({ ph }) => ph === 'X').map(({ pid, name, ts }) => [pid, name, ts])).toEqual([
    [0, 'step 7', 0],
    [0, 'step 8', 10],
    [1, 'step 7', 0],
    [1, 'step 8', 10],
  ]);
  expect(existsSync(join(runFolder, 'profile'))).toBe(false);
});
