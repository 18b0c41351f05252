import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { between, ways } from './interpolation.ts';

beforeAll(() => startEngine({}));

const drawn = (stream: string): tf.Tensor => random.normal([5, 64], random.key(1, stream));
const at = (share: number): tf.Tensor => tf.fill([5], share);
const rowsOf = (x: tf.Tensor): number[][] => x.arraySync() as number[][];
const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const angle = (a: number[], b: number[]): number =>
  Math.acos(dot(a, b) / Math.hypot(...a) / Math.hypot(...b));

it.each(ways)('%s begins and ends with the codes given, to the bit', (way) => {
  const [a, b] = [drawn('a'), drawn('b')];
  expect(rowsOf(between(a, b, at(0), way))).toEqual(rowsOf(a));
  expect(rowsOf(between(a, b, at(1), way))).toEqual(rowsOf(b));
});

it('lerp goes straight', () => {
  const [a, b] = [rowsOf(drawn('a')), rowsOf(drawn('b'))];
  rowsOf(between(drawn('a'), drawn('b'), at(0.25), 'lerp')).forEach((row, n) =>
    row.forEach((value, i) => expect(value).toBeCloseTo(0.75 * a[n]![i]! + 0.25 * b[n]![i]!, 5)),
  );
});

it('slerp turns by its share of the angle, and between codes of one length keeps the length', () => {
  const unit = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.norm(x, 2, 1, true));
  const [a, b] = [unit(drawn('a')), unit(drawn('b'))];
  const rows = rowsOf(between(a, b, at(0.25), 'slerp'));
  rows.forEach((row, n) => {
    const whole = angle(rowsOf(a)[n]!, rowsOf(b)[n]!);
    expect(angle(rowsOf(a)[n]!, row)).toBeCloseTo(0.25 * whole, 4);
    expect(angle(row, rowsOf(b)[n]!)).toBeCloseTo(0.75 * whole, 4);
    expect(Math.hypot(...row)).toBeCloseTo(1, 4);
  });
});

it('slerp between a code and itself, and between opposite ones, has no turn to take', () => {
  const a = drawn('a');
  const same = rowsOf(between(a, a, at(0.5), 'slerp'));
  same.forEach((row, n) => row.forEach((value, i) => expect(value).toBeCloseTo(rowsOf(a)[n]![i]!, 5)));
  for (const value of between(a, tf.neg(a), at(0.5), 'slerp').dataSync())
    expect(Math.abs(value)).toBeLessThan(1e-4);
});
