import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { Trainer } from '@kiln/training';
import { beforeAll, expect, test } from 'vitest';
import { shippedData } from '../resolve-config.ts';
import type { RunConfig } from '../run-config.ts';
import { ownCache } from '../testing/own-cache.ts';
import { ScheduledEvaluation } from './scheduled-evaluation.ts';

const folder = ownCache();
let trainer: Trainer;
let evaluation: ScheduledEvaluation;
beforeAll(async () => {
  startEngine({ intraOpThreads: 1, interOpThreads: 1 });
  const recipe = recipes['digits-cgan'];
  const data = recipe.data!(shippedData);
  const dataset = await openDataset(data);
  const game = recipe.build(recipe.settings.parse({ width: 8 }), dataset);
  trainer = await Trainer.create({ game, dataset, seed: 1, batch: 16, rank: 0 });
  const schedule = { everyKimg: 1, num: 80, extractor: { name: 'digits-classifier' } } as const;
  const config = { data, steps: 1000, evaluation: schedule } as unknown as RunConfig;
  const opened = await ScheduledEvaluation.open({ runFolder: folder(), config, trainer, warn: () => {} });
  evaluation = opened!;
}, 60_000);

test.each([
  [960, 976, 61, false],
  [992, 1008, 63, true],
  [1008, 1024, 64, false],
  // A large step may pass several multiples.
  [1900, 4100, 65, true],
  [9984, 9990, 1000, true],
])('from %i to %i images in step %i: %s', (before, images, step, due) => {
  expect(evaluation.due(before, images, step)).toBe(due);
});

test('measures the state as it is, and writes a line each time', { timeout: 60_000 }, async () => {
  const first = (await evaluation.run())!;
  expect(await evaluation.run()).toEqual(first);
  await trainer.next();
  const later = (await evaluation.run())!;
  expect(later.fid).not.toBe(first.fid);
  expect(later).toMatchObject({
    numReal: 1497,
    numSamples: 80,
    extractor: 'digits-classifier',
    step: 1,
    kimg: 0.016,
    checkpoint: null,
  });
  const lines = (await readFile(join(folder(), 'evaluations.jsonl'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([first, first, later]);
});

test('ends between two batches when it is told to, and can be run again', { timeout: 60_000 }, async () => {
  const told: number[] = [];
  const end = ({ done }: { done: number }): never => {
    told.push(done);
    throw new Error('the run is over');
  };
  await expect(evaluation.run({ onProgress: end })).rejects.toThrow('the run is over');
  // Of 80 samples.
  expect(told).toEqual([64]);
  expect((await evaluation.run())?.step).toBe(trainer.step);
});

test('is given up where a worker wants to stop: no numbers, no line', { timeout: 60_000 }, async () => {
  const file = join(folder(), 'evaluations.jsonl');
  const before = await readFile(file, 'utf8');
  expect(await evaluation.run({ giveUp: () => true })).toBeUndefined();
  expect(await readFile(file, 'utf8')).toBe(before);
});
