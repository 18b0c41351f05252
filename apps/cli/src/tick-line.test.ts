import { expect, test } from 'vitest';
import { renderBar } from './progress-bar.ts';
import { formatBytes, formatDuration, formatRate, formatSeconds } from './quantities.ts';
import { table } from './table.ts';
import { tickLine } from './tick-line.ts';

const values = {
  secondsPerKimg: 1.234,
  imagesPerSecond: 810.4,
  'loss/D': 1.23456,
  'loss/G': 0.7,
  'score/real': 0.1,
  memoryBytes: 512e6,
};

test('a tick shows kimg, time, speed, each loss and memory, and leaves other values to the record', () => {
  const line = tickLine({ tick: 3, step: 600, kimg: 38.4, values }, 125);
  expect(line).toBe(
    'tick 3     kimg 38.4     time 2m 05s   sec/kimg 1.23    images/s 810    loss D 1.2346   loss G 0.7000   memory 512 MB',
  );
});

test('lines of one run have their columns below each other, and a missing value leaves no hole', () => {
  const first = tickLine({ tick: 9, step: 1, kimg: 9.99, values }, 9);
  const later = tickLine({ tick: 10, step: 2, kimg: 1234.5, values }, 4000);
  expect(first.indexOf('loss D')).toBe(later.indexOf('loss D'));
  expect(tickLine({ tick: 1, step: 1, kimg: 1, values: {} }, 1)).toBe('tick 1     kimg 1.00     time 1s');
});

test('waiting for data is shown where a step waits long enough to matter', () => {
  const line = (dataWaitMs: number) =>
    tickLine({ tick: 3, step: 600, kimg: 38.4, values: { ...values, dataWaitMs } }, 1);
  expect(line(12.34)).toMatch(/memory 512 MB {3}data wait 12.3 ms$/);
  expect(line(0.4)).not.toContain('data wait');
});

test('a loss that is not finite is shown as it is', () => {
  expect(tickLine({ tick: 1, step: 1, kimg: 1, values: { 'loss/D': Number.NaN } }, 1)).toContain(
    'loss D NaN',
  );
});

test('the bar fits the terminal and never exceeds its ends', () => {
  const state = { fraction: 1.2, amount: '12.0/10.0 kimg', phase: 'saving', secondsLeft: 61 };
  expect(renderBar(state, 79)).toBe(
    '[==============================] 100%  12.0/10.0 kimg  saving  1m 01s left',
  );
  for (const columns of [0, 10, 40, 60, 200])
    expect(renderBar(state, columns).length).toBeLessThanOrEqual(columns);
});

test('quantities have two units at most', () => {
  expect([0, 59.6, 3599, 3600, 86_399, 200_000].map(formatSeconds)).toEqual([
    '0s',
    '1m 00s',
    '59m 59s',
    '1h 00m',
    '23h 59m',
    '2d 07h',
  ]);
  expect([0, 999, 1000, 123_456, 5e12].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '123 kB',
    '5.0 TB',
  ]);
});

test('a table aligns its columns and ends lines without blanks', () => {
  expect(table([['a', 'bb'], ['ccc'], ['', 'd']])).toBe('a    bb\nccc\n     d');
});

test('rates and times of a step have three digits that count and no exponent', () => {
  expect([0.035_61, 16.44, 634.2, 999.7, 8287, 1_234_567].map(formatRate)).toEqual([
    '0.0356',
    '16.4',
    '634',
    '1,000',
    '8,290',
    '1,230,000',
  ]);
  expect([0.000_125, 0.4, 22.04, 1470].map(formatDuration)).toEqual([
    '0.125 ms',
    '400 ms',
    '22.0 s',
    '1,470 s',
  ]);
});
