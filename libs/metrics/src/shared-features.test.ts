import { Ranks } from '@kiln/collectives/testing';
import { afterAll, describe, expect, it } from 'vitest';

const ranks = new Ranks(4, new URL('./testing/shared-scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

interface Shared {
  readonly mean: number[];
  readonly covariance: number[];
  readonly rows: number[];
  readonly right: number;
}

const gather = (worldSize: number, count: number): Promise<Shared[]> =>
  ranks.values<Shared>('share', () => count, { worldSize });

// Processes that share their cores with other tests.
describe('features of many images', { timeout: 120_000 }, () => {
  it('are the same for one, two and four workers', async () => {
    // Three whole chunks and a rest: some workers have nothing of the last round.
    const [alone] = await gather(1, 200);
    for (const worldSize of [2, 4]) {
      const all = await gather(worldSize, 200);
      expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
      const [{ mean, covariance, rows, right }] = all as [Shared];
      expect(rows).toEqual(alone!.rows);
      expect(right).toBe(alone!.right);
      // Sums of integers: no rounding, whatever the order.
      expect(mean).toEqual(alone!.mean);
      expect(covariance).toEqual(alone!.covariance);
    }
  });

  it('are those of each image, in order, and their moments', async () => {
    // The features of image i are i and i^2.
    const [{ mean, covariance, rows, right }] = (await gather(2, 70)) as [Shared];
    expect(rows).toEqual(Array.from({ length: 70 }, (_, i) => [i, i * i]).flat());
    expect(mean).toEqual([34.5, (69 * 70 * 139) / 6 / 70]);
    expect(covariance[0]).toBeCloseTo((70 ** 2 - 1) / 12 / (69 / 70), 9);
    // Even images are put into class 0, all were asked to be of it.
    expect(right).toBe(35);
  });

  it('can be given up by one worker, and end on all', async () => {
    const outcomes = await ranks.run('giveUp', () => ({}), { worldSize: 2 });
    for (const { failed } of outcomes)
      expect(failed).toMatchObject({ name: 'CollectiveError', code: 'given-up' });
  });
});
