import { afterAll, describe, expect, it } from 'vitest';
import { Ranks } from './testing/ranks.ts';

const ranks = new Ranks(2, new URL('./testing/host-array-scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

describe('arrays of the host', () => {
  it('are summed in double precision, on one rank as on two', async () => {
    // 2^-40 is lost in float32.
    const args = (rank: number) => [1 + 2 ** -40, rank, -rank / 3];
    const sums = await ranks.values<number[]>('sum', args);
    expect(sums).toEqual([0, 1].map(() => [2 + 2 ** -39, 1, -1 / 3]));
    expect(await ranks.values<number[]>('sum', args, { worldSize: 1 })).toEqual([[1 + 2 ** -40, 0, -0]]);
  });

  it('are gathered in rank order', async () => {
    expect(await ranks.values<number[]>('gather', (rank) => [rank, 10 + rank])).toEqual(
      [0, 1].map(() => [0, 10, 1, 11]),
    );
  });
});

describe('work that one rank is longer at', () => {
  it('outlasts what a single collective may take', async () => {
    const results = await ranks.values<string>('work', (rank) => ({ ms: rank * 4500 }), {
      group: { opTimeoutMs: 3000 },
    });
    expect(results).toEqual(['done after 0', 'done after 4500']);
  });

  it.each([1, 2])('ends early on all of %i ranks where the last wants it to', async (worldSize) => {
    const outcomes = await ranks.run<string>(
      'work',
      (rank) => ({ ms: 60_000, ...(rank === worldSize - 1 ? { givesUpAfter: 300 } : {}) }),
      { worldSize },
    );
    const given = { name: 'CollectiveError', code: 'given-up' };
    expect(outcomes.map(({ failed }) => failed)).toEqual(outcomes.map(() => expect.objectContaining(given)));
  });

  it('may be a single long op: how far it is, is said beside it', async () => {
    expect(await ranks.values<boolean>('besideLongOp', () => ({}))).toEqual([true, true]);
  });

  it('that fails on one rank fails on the other, which hears of it at once', async () => {
    const outcomes = await ranks.run<string>('work', (rank) => ({ ms: rank * 60_000, fails: rank === 0 }));
    expect(outcomes[0]!.failed!.message).toBe('no more');
    expect(outcomes[1]!.failed!.message).toMatch(/rank 0 .*left the group/);
  });
});
