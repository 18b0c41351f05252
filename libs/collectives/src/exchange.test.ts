/** Values: every kind of collective gives what it promises, in every way that data can move. */
import { DataType } from '@kiln/tensorflow';
import { afterAll, describe, expect, it } from 'vitest';
import { leftBehind, Ranks } from './testing/ranks.ts';
import type { TestTransport } from './testing/protocol.ts';
import { hashOf, rankValues, sumsAlongRing, sumsInRankOrder, sumsOfHosts } from './testing/values.ts';

const ranks = new Ranks(8, new URL('./testing/scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

// Direct (up to 16 KB), one and several blocks, odd lengths, and empty tensors among others.
const lengths = [[1], [3, 0, 17], [4096], [4097], [50_000, 1, 0, 33], [300_001]];
// So little memory that everything above 16 KB goes through windows.
const tight = { bytes: 1 };

type Sums = (worldSize: number, shape: readonly number[]) => Float32Array[];
const transports: [TestTransport, Sums][] = [
  ['shared memory', sumsInRankOrder],
  ['ZeroMQ', sumsAlongRing],
  ['both', sumsOfHosts],
];

describe('all-reduce over shared memory', () => {
  it.each([2, 3])('gives %i ranks the same bits through windows as without', async (worldSize) => {
    for (const shape of [[50_000, 1, 0, 33], [700_001]]) {
      const results = await ranks.values<string[]>(
        'reduceMany',
        () => ({ lengths: shape, reduction: 'sum' }),
        { worldSize, group: tight },
      );
      const expected = sumsInRankOrder(worldSize, shape).map(hashOf);
      for (const result of results) expect(result).toEqual(expected);
    }
  });
});

describe.each(transports)('all-reduce over %s', (transport, sums) => {
  it.each([2, 3, 4, 8])('gives %i ranks the same bits, added in one order', async (worldSize) => {
    for (const shape of lengths) {
      const results = await ranks.values<string[]>(
        'reduceMany',
        () => ({ lengths: shape, reduction: 'sum', repeat: 2 }),
        { worldSize, transport },
      );
      const expected = sums(worldSize, shape).map(hashOf);
      for (const result of results) expect(result).toEqual(expected);
    }
  });

  it('divides a mean by the number of ranks', async () => {
    const shape = [5, 40_000];
    const results = await ranks.values<string[]>(
      'reduceMany',
      () => ({ lengths: shape, reduction: 'mean' }),
      { worldSize: 3, transport },
    );
    const expected = sums(3, shape).map((values) => hashOf(values.map((sum) => sum / 3)));
    for (const result of results) expect(result).toEqual(expected);
  });

  it.each([
    ['float', 'sum', [0.5, 3, -4.5]],
    ['float', 'max', [0.5, 2, -1]],
    ['double', 'mean', [0.25, 1.5, -2.25]],
    ['int32', 'sum', [0, 3, -4]],
    ['int64', 'max', [0, 2, -1]],
    ['bfloat16', 'sum', [0.5, 3, -4.5]],
    ['bfloat16', 'mean', [0.25, 1.5, -2.25]],
    ['half', 'sum', [0.5, 3, -4.5]],
    ['half', 'max', [0.5, 2, -1]],
  ] as const)('reduces %s by %s', async (dtype, reduction, expected) => {
    const results = await ranks.values<number[]>(
      'reduceAs',
      (rank) => ({ dtype: DataType[dtype], reduction, values: rank === 0 ? [0.5, 1, -1] : [0, 2, -3.5] }),
      { worldSize: 2, transport },
    );
    expect(results).toEqual([expected, expected]);
  });

  it('rounds a sum of 16-bit floats once, whatever the number of ranks', async () => {
    // In bfloat16, 256 + 1 is 256: rounding at every rank would lose all the ones.
    const values = (rank: number): number[] => Array.from({ length: 20_000 }, () => (rank === 0 ? 256 : 1));
    const results = await ranks.values<number[]>(
      'reduceAs',
      (rank) => ({ dtype: DataType.bfloat16, reduction: 'sum', values: values(rank) }),
      { worldSize: 3, transport },
    );
    for (const result of results) expect(new Set(result)).toEqual(new Set([258]));
  });

  it('lets NaN win a maximum, on every rank', async () => {
    const results = await ranks.values<number[]>(
      'reduceAs',
      (rank) => ({
        dtype: DataType.float,
        reduction: 'max',
        values: [rank === 0 ? Number.NaN : 1, rank === 1 ? Number.NaN : 1],
      }),
      { worldSize: 3, transport },
    );
    for (const result of results) expect(result).toEqual([Number.NaN, Number.NaN]);
  });
});

describe.each(transports)('calls from several threads at a time over %s', (transport, sums) => {
  it.each([
    ['all short', 2, { now: 3, compute: 9000, input: 100_000 }],
    ['short beside long', 2, { now: 200_000, compute: 700_000, input: 5 }],
    ['more ranks than cores', 4, { now: 7, compute: 5000, input: 400_000 }],
  ])('end with sums in one order: %s', async (_, worldSize, lengths) => {
    // Messages take longer than shared memory.
    const rounds = transport === 'ZeroMQ' ? 40 : 150;
    const results = await ranks.values<string[][]>('overlap', () => ({ lengths, rounds }), {
      worldSize,
      transport,
    });
    const expected = Object.values(lengths).map((length) => sums(worldSize, [length]).map(hashOf));
    for (const result of results) expect(result).toEqual(expected);
  });
});

describe('all-gather', () => {
  it.each([
    ['small', 3, 2, 'shared memory', {}],
    ['large', 5000, 2, 'shared memory', {}],
    ['large, through windows', 5000, 2, 'shared memory', tight],
    ['empty', 0, 2, 'shared memory', {}],
    ['small', 3, 3, 'ZeroMQ', {}],
    ['large', 50_000, 3, 'ZeroMQ', {}],
    ['empty', 0, 2, 'ZeroMQ', {}],
    ['small', 3, 3, 'both', {}],
    ['large', 50_000, 3, 'both', {}],
    ['large', 5000, 4, 'both', {}],
  ] as const)('concatenates rows in rank order: %s, %i rows of %i ranks over %s', async (...row) => {
    const [, rows, worldSize, transport, group] = row;
    const results = await ranks.values<string>('gatherRows', () => ({ rows, columns: 7 }), {
      worldSize,
      group,
      transport,
    });
    const all = Array.from({ length: worldSize }, (_, rank) => rankValues(rank, rows * 7));
    const expected = hashOf(Float32Array.from(all.flatMap((values) => [...values])));
    for (const result of results) expect(result).toEqual(expected);
  });
});

describe('broadcast', () => {
  it.each([
    ['small', [3, 1], 'shared memory', {}],
    ['large', [400_000, 3, 0], 'shared memory', {}],
    ['large, through windows', [400_000, 3, 0], 'shared memory', tight],
    ['small', [3, 1], 'ZeroMQ', {}],
    ['large', [4_000_000, 3, 0], 'ZeroMQ', {}],
    ['small', [3, 1], 'both', {}],
    ['large', [400_000, 3, 0], 'both', {}],
  ] as const)('gives every rank the root values: %s', async (_, shape, transport, group) => {
    const results = await ranks.values('broadcastAll', () => ({ root: 1, lengths: shape }), {
      worldSize: 3,
      group,
      transport,
    });
    const expected = {
      tensors: shape.map((length, i) => hashOf(rankValues(1, length, i))),
      flags: [1, 0],
      single: 1,
    };
    for (const result of results) expect(result).toEqual(expected);
  });
});

describe('resources', () => {
  it.each(transports)('keeps nothing of 500 rounds of calls over %s', async (transport) => {
    const results = await ranks.values<{ before: number[]; after: number[] }>(
      'repeat',
      () => ({ count: 500 }),
      { worldSize: 2, transport },
    );
    for (const { before, after } of results) {
      for (const what of [0, 1, 2]) expect(after[what]).toBeLessThanOrEqual(before[what]!);
      expect(after[3]).toBe(0);
      expect(after[4]! - before[4]!).toBeLessThan(30 * 2 ** 20);
    }
  });

  it('leaves no name in /dev/shm', () => {
    expect(leftBehind()).toEqual([]);
  });
});
