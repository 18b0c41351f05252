import { describe, expect, it } from 'vitest';
import { positionsOf, resolveOrder } from './order.ts';
import { refusalOf } from '../testing/refusal.ts';

describe('global order', () => {
  it.each([1, 2, 4])('%i ranks together draw each global batch once, in rank order', (worldSize) => {
    const ranks = Array.from({ length: worldSize }, (_, rank) =>
      resolveOrder({ seed: 1, batch: 8, rank, worldSize, startIndex: 100 }),
    );
    const batch3 = ranks.flatMap((order) => positionsOf(order, 3));
    expect(batch3).toEqual([124, 125, 126, 127, 128, 129, 130, 131]);
  });

  it('goes on where another iterator stopped', () => {
    const whole = resolveOrder({ seed: 1, batch: 4 });
    const rest = resolveOrder({ seed: 1, batch: 4, startIndex: 12 });
    expect(positionsOf(rest, 0)).toEqual(positionsOf(whole, 3));
  });

  it('refuses a batch that its workers cannot share, with the nearest that they can', async () => {
    const refusal = await refusalOf(() => resolveOrder({ seed: 1, batch: 50, worldSize: 4 }));
    expect(refusal).toMatchObject({
      code: 'bad-spec',
      message: expect.stringContaining('batch 50 is not divisible by 4 workers; use --batch 48 or 52'),
    });
  });

  it.each([
    [{ seed: -1, batch: 8 }, 'seed must be a whole number from 0'],
    [{ seed: 1, batch: 0 }, 'batch must be a whole number from 1'],
    [{ seed: 1, batch: 8, worldSize: 2, rank: 2 }, 'rank must be a whole number from 0 to 1, got 2'],
    [{ seed: 1, batch: 8, startIndex: 1.5 }, 'startIndex must be a whole number'],
  ])('refuses %j', async (options, text) => {
    expect((await refusalOf(() => resolveOrder(options))).message).toContain(text);
  });
});
