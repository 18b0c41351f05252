import { expect, it } from 'vitest';
import { checkBatch } from './check-batch.ts';

it('takes batches of which every worker has the same share', () => {
  expect(() => checkBatch(32, { workers: 4, accumulate: 2, multiple: 4, compared: 4 })).not.toThrow();
  expect(() => checkBatch(30, { workers: 4 })).toThrow('not divisible by 4 workers; use --batch 28 or 32');
});

it('takes batches that fall into groups of the samples that are compared, or that are smaller than one', () => {
  expect(() => checkBatch(2, { workers: 1, compared: 4 })).not.toThrow();
  expect(() => checkBatch(12, { workers: 2, compared: 4 })).not.toThrow();
  expect(() => checkBatch(10, { workers: 1, compared: 4 })).toThrow(
    '--batch 10 does not fall into groups of the 4 samples that D compares with each other; it could be 8 or 12, or change --set stddevGroup=...',
  );
  expect(() => checkBatch(24, { workers: 1, accumulate: 4, compared: 4, stage: '8x8' })).toThrow(
    '--batch 24 of stage 8x8 in 4 micro-batches does not fall into groups of the 4 samples that D compares with each other; it could be 16 or 32',
  );
});
