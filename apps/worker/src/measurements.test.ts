import { expect, test } from 'vitest';
import { Measurements } from './measurements.ts';

test('a value is worth a checkpoint when it is the best so far, by the order that was asked for', () => {
  const falling = new Measurements({ metric: 'fid', order: 'min' });
  expect([30, 20, 25, 20, Number.NaN, 19].map((fid, step) => falling.add(step, { fid }))).toEqual([
    true,
    true,
    false,
    false,
    false,
    true,
  ]);
  const rising = new Measurements({ metric: 'samples/diversity', order: 'max' });
  expect([0.1, 0.4, 0.3].map((value, step) => rising.add(step, { 'samples/diversity': value }))).toEqual([
    true,
    true,
    false,
  ]);
});

test('other values and runs without such a wish ask for nothing, and all last values are kept', () => {
  const measurements = new Measurements(undefined);
  expect(measurements.newest).toBeUndefined();
  expect(measurements.add(5, { fid: 3, 'loss/D': 1 })).toBe(false);
  expect(measurements.add(7, { 'loss/D': 2 })).toBe(false);
  expect(measurements.newest).toEqual({ step: 7, values: { fid: 3, 'loss/D': 2 } });
});
