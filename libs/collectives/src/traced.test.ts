/** Collectives inside compiled functions, and gradients through them. */
import { afterAll, describe, expect, it } from 'vitest';
import { Ranks } from './testing/ranks.ts';

const ranks = new Ranks(2, new URL('./testing/traced-scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

/** Central differences in float32 are accurate to about a thousandth of the largest value. */
function relativeError(actual: number[], expected: number[]): number {
  const errors = actual.map((value, i) => Math.abs(value - expected[i]!));
  return Math.max(...errors) / Math.max(...expected.map(Math.abs));
}

describe('gradients', () => {
  it.each(['eager', 'compiled'])('of sum, mean and gather are right to second order: %s', async (mode) => {
    for (const collective of ['sum', 'mean', 'gather']) {
      const [a, b] = await ranks.values<Record<string, number[]>>('gradients', () => ({
        collective,
        compiled: mode === 'compiled',
      }));
      for (const { first, firstByDifferences, second, secondByDifferences } of [a!, b!]) {
        expect(relativeError(first!, firstByDifferences!)).toBeLessThan(2e-3);
        expect(relativeError(second!, secondByDifferences!)).toBeLessThan(2e-3);
      }
    }
  });

  it('of a maximum and of a broadcast are refused', async () => {
    const [messages] = await ranks.values<string[]>('refusedGradients', () => ({}));
    expect(messages![0]).toContain("all-reduce max 'm' has no gradient");
    expect(messages![1]).toContain("broadcast 'b' has no gradient");
  });
});

describe('a compiled step', () => {
  it('runs many collectives at once, step after step', async () => {
    const [a, b] = await ranks.values<number[][]>('manyAtOnce', () => ({
      numOps: 40,
      steps: 15,
      longest: 30_000,
    }));
    expect(a).toEqual(b);
    expect(a).toEqual(Array.from({ length: 40 }, () => [22.5, 22.5]));
  });

  it('runs them with little memory, some in the heap and some through windows', async () => {
    const args = { numOps: 12, steps: 5, longest: 400_000 };
    const [a, b] = await ranks.values<number[][]>('manyAtOnce', () => args, {
      group: { bytes: 10 * 2 ** 20 },
    });
    expect(a).toEqual(b);
    expect(a).toEqual(Array.from({ length: args.numOps }, () => [7.5, 7.5]));
  });

  it('serves the next generation and another size of the group without being compiled again', async () => {
    const name = `test-${process.pid}-resized`;
    const outcomes = await Promise.all(
      [0, 1].map((rank) => ranks.runAlone<number[]>(rank, 'resized', { name, rank })),
    );
    expect(outcomes.map(({ value, failed }) => value ?? failed!.message)).toEqual([
      [1.5, 1.5, 1],
      [1.5, 1.5],
    ]);
  });

  it('says so when it was compiled for a group of another size or another rank', async () => {
    const name = `test-${process.pid}-moved`;
    const outcomes = await Promise.all(
      [0, 1].map((rank) => ranks.runAlone<string>(rank, 'moved', { name, rank })),
    );
    expect(outcomes[0]!.value).toContain(
      "all-gather 'rows': it was made for rank 0 of 2, this is rank 1 of 2; compile the step again",
    );
  });

  it('keeps two functions with equal labels apart', async () => {
    const [a] = await ranks.values<number[]>('equalLabels', () => ({}));
    expect(a).toEqual([3, 30]);
  });

  it('needs a group', async () => {
    const { failed } = await ranks.runAlone(0, 'withoutGroup', { name: `test-${process.pid}-none` });
    expect(failed).toMatchObject({ code: 'FAILED_PRECONDITION' });
    expect(failed!.message).toContain("all-reduce 'x': this process is in no group; call joinGroup first");
  });

  it('reduces trees in buckets of one type, in the given order', async () => {
    const [a, b] = await ranks.values<Record<string, number[]>>('buckets', () => ({}));
    expect(a).toEqual(b);
    expect(a).toEqual({ large: [3, 0], count: [3], bias: [3, 3], completed: [3] });
  });
});
