/** All-reduce for every number of ranks, type and reduction that Kiln promises, to the bit. */
import { afterAll, describe, expect, it } from 'vitest';
import { Ranks } from './testing/ranks.ts';
import { type ElementType, hashOf, reduceInRankOrder, type Reduction } from './testing/values.ts';

const worldSizes = [2, 3, 4, 8];
const ranks = new Ranks(Math.max(...worldSizes), new URL('./testing/scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

// One exchange of everything; blocks that no number of ranks divides, beside empty tensors.
const shapes = [
  [5, 0, 17],
  [0, 30_011, 1, 0, 77],
];
const reductions: Readonly<Record<ElementType, readonly Reduction[]>> = {
  float: ['sum', 'mean', 'max'],
  bfloat16: ['sum', 'mean', 'max'],
  half: ['sum', 'mean', 'max'],
  int32: ['sum', 'max'],
};
const cases = worldSizes.flatMap((worldSize) =>
  Object.keys(reductions).map((dtype) => [worldSize, dtype as ElementType] as const),
);

describe('all-reduce', () => {
  it.each(cases)(
    'of %i ranks gives %s the bits of the reduction in rank order, again and again',
    async (worldSize, dtype) => {
      for (const reduction of reductions[dtype]) {
        for (const lengths of shapes) {
          const results = await ranks.values<string[][]>(
            'reduceTyped',
            () => ({ dtype, reduction, lengths, repeat: 2 }),
            { worldSize },
          );
          const expected = lengths.map((length, i) =>
            hashOf(reduceInRankOrder(dtype, reduction, worldSize, length, i)),
          );
          for (const result of results)
            expect(result, `${reduction} of [${lengths.join(', ')}]`).toEqual([expected, expected]);
        }
      }
    },
  );

  it('of nothing but empty tensors ends on 8 ranks', async () => {
    const results = await ranks.values<string[][]>('reduceTyped', () => ({
      dtype: 'float',
      reduction: 'sum',
      lengths: [0, 0],
      repeat: 1,
    }));
    const empty = hashOf(new Float32Array(0));
    expect(results).toEqual(Array.from({ length: 8 }, () => [[empty, empty]]));
  });
});
