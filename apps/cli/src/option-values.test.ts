import { expect, test } from 'vitest';
import { bestMetric, keyValue, oneDevice, positiveNumber, seedRanges, wholeNumber } from './option-values.ts';

test('seeds are ranges and single numbers, in the order given', () => {
  expect(seedRanges('0-3')).toEqual([0, 1, 2, 3]);
  expect(seedRanges('7')).toEqual([7]);
  expect(seedRanges('5, 1-2,9-9')).toEqual([5, 1, 2, 9]);
  expect(seedRanges('0-999999')).toHaveLength(1_000_000);
});

test.each(['', '-1', '1-', '3-1', '1..2', 'a', '1,,2', '0-2147483648', '99999999999'])(
  '%j is no list of seeds',
  (text) => {
    expect(() => seedRanges(text)).toThrow('expected seeds such as');
  },
);

test('the best value of a metric is the least or the largest', () => {
  expect(bestMetric('fid:min')).toEqual({ metric: 'fid', order: 'min' });
  expect(bestMetric('a:b:max')).toEqual({ metric: 'a:b', order: 'max' });
  for (const text of ['fid', 'fid:least', ':min'])
    expect(() => bestMetric(text)).toThrow('expected a metric and its order, such as samples/diversity:max');
});

test('more seeds than can be drawn at once are refused before they are listed', () => {
  expect(() => seedRanges('0-2000000000')).toThrow('at most 1000000 seeds');
  expect(() => seedRanges('0-600000,0-600000')).toThrow('at most 1000000 seeds');
});

test('numbers are plain decimal and within their range', () => {
  expect(wholeNumber(0)('0')).toBe(0);
  expect(positiveNumber('0.5')).toBe(0.5);
  expect(positiveNumber('1e3')).toBe(1000);
  for (const text of ['', ' 1', '1 ', '0x10', '1e3', '-1', '1.0', 'NaN', '9007199254740993']) {
    expect(() => wholeNumber(0)(text)).toThrow('expected a whole number from 0');
  }
  for (const text of ['', '0', '-1', 'Infinity', '1e999', '1,5'])
    expect(() => positiveNumber(text)).toThrow('expected a number above 0');
});

test('settings are collected as they come, with any further = in the value', () => {
  expect(keyValue('b==', keyValue('a=1'))).toEqual(['a=1', 'b==']);
  expect(() => keyValue('=1')).toThrow('expected key=value');
});

test('a device is the CPU or one GPU by its number', () => {
  expect(['cpu', 'gpu', 'gpu:3'].map((text) => oneDevice(text))).toEqual(['cpu', 'gpu', 'gpu:3']);
  for (const text of ['', 'tpu', 'gpu:', 'gpu:x', 'CPU'])
    expect(() => oneDevice(text)).toThrow('expected cpu');
});
