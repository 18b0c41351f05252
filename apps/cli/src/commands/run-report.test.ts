import { expect, test } from 'vitest';
import type { RunConfig } from '../run-config.ts';
import { planText } from './run-report.ts';

const stage = { name: '', batch: 64, startStep: 0, startKimg: 0, imagesPerStep: 64 };
const config = {
  recipe: 'x',
  batch: 64,
  workers: 2,
  accumulate: 1,
  steps: 50,
  kimg: 3.2,
  seed: 0,
  device: 'cpu',
  stages: [stage],
} as unknown as RunConfig;

test('a plan of a run has its batches, and how many images a step of several updates takes', () => {
  expect(planText(config, 'runs/x')).toMatch(/^batch +64 images an update, 32 on each worker$/m);
  const several = { ...config, accumulate: 2, kimg: 16, stages: [{ ...stage, imagesPerStep: 320 }] };
  expect(planText(several as RunConfig, 'runs/x')).toMatch(
    /^batch +64 images an update, 32 on each worker, 16 at a time; 320 a step\nlength +50 steps, 16\.0 kimg$/m,
  );
});
