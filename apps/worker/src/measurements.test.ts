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

test('a metric that there is not is told of once, with those that there are', () => {
  const mistyped = new Measurements({ metric: 'loss/g', order: 'min' });
  expect(mistyped.complaintAbout({ 'loss/G': 1, 'loss/D': 2 })).toBe(
    '--keep-best loss/g keeps nothing: there is no such metric; there are loss/G, loss/D, samples/diversity',
  );
  expect(mistyped.complaintAbout({ 'loss/G': 1 })).toBeUndefined();
  for (const metric of ['loss/G', 'samples/diversity', 'evaluation/fid'])
    expect(new Measurements({ metric, order: 'min' }).complaintAbout({ 'loss/G': 1 })).toBeUndefined();
  expect(new Measurements(undefined).complaintAbout({ 'loss/G': 1 })).toBeUndefined();
});

test('what was measured of a training that was given up is in no later checkpoint, nor the best of anything', () => {
  const falling = new Measurements({ metric: 'fid', order: 'min' });
  falling.add(10, { fid: 5 });
  falling.reset();
  expect(falling.newest).toBeUndefined();
  expect(falling.add(8, { fid: 9 })).toBe(true);
  expect(falling.newest).toEqual({ step: 8, values: { fid: 9 } });
});
