/** The ring's schedule is right for groups that no machine here can hold: the transport's own hops, without data. */
import { describe, expect, it } from 'vitest';
import { binding } from './binding.ts';
import { type Simulation, simulateRing } from './testing/ring-simulation.ts';

const worldSizes = [...Array.from({ length: 63 }, (_, i) => i + 2), 512];

function simulate(
  kind: 'all-reduce' | 'all-gather',
  worldSize: number,
  { chunks = 1, maxUnderWay = 8 } = {},
): Simulation {
  return simulateRing(binding().collectivesRing(kind, worldSize), { worldSize, chunks, maxUnderWay });
}

/** Ranks from `first` on, once around. */
const around = (worldSize: number, first: number): number[] =>
  Array.from({ length: worldSize }, (_, i) => (first + i) % worldSize);

/** Segments that a rank lacks, or to which not every rank was added once and in the order of the ring. */
function wrongSums({ ranks }: Simulation, chunks: number): string[] {
  const worldSize = ranks.length;
  const names = ranks.flatMap((_, origin) =>
    Array.from({ length: chunks }, (__, chunk) => `${origin}:${chunk}`),
  );
  return names.filter((name) => {
    const [first, ...others] = ranks.map(({ kept }) => kept.get(name));
    const expected = around(worldSize, Number.parseInt(name, 10));
    // All who keep a chunk keep the same list.
    return first?.join(',') !== expected.join(',') || others.some((parts) => parts !== first);
  });
}

describe('the all-reduce of the ring, for 2 to 64 ranks and for 512', () => {
  it('gives every rank every segment, to which each rank was added once and in one order', () => {
    for (const worldSize of worldSizes) expect(wrongSums(simulate('all-reduce', worldSize), 1)).toEqual([]);
  });

  it('lets each of N ranks send 2 (N - 1) / N of the data, in 2 (N - 1) rounds', () => {
    for (const worldSize of worldSizes) {
      const { ranks, rounds, longestInbox } = simulate('all-reduce', worldSize);
      for (const { sent } of ranks) expect(sent / worldSize).toBe((2 * (worldSize - 1)) / worldSize);
      // Chunks start in the first round; in each later one every rank takes one and passes it on.
      expect(rounds).toBe(2 * (worldSize - 1) + 1);
      expect(longestInbox).toBe(1);
    }
  });

  it.each([
    [2, 100, 8],
    [3, 17, 1],
    [8, 40, 8],
    [64, 9, 3],
    [512, 2, 8],
  ])(
    'keeps moving on %i ranks with %i chunks a segment and %i under way',
    (worldSize, chunks, maxUnderWay) => {
      const simulation = simulate('all-reduce', worldSize, { chunks, maxUnderWay });
      expect(wrongSums(simulation, chunks)).toEqual([]);
      for (const { sent, underWay } of simulation.ranks) {
        expect(sent).toBe(2 * (worldSize - 1) * chunks);
        expect(underWay).toBe(0);
      }
      expect(simulation.longestInbox).toBeLessThanOrEqual(worldSize * maxUnderWay);
    },
  );
});

describe('the all-gather of the ring, for 2 to 64 ranks and for 512', () => {
  it('brings the part of each rank to all others once, and the news of that back to it', () => {
    for (const worldSize of worldSizes) {
      const { ranks } = simulate('all-gather', worldSize);
      for (const [rank, { kept, sent, underWay }] of ranks.entries()) {
        expect(kept.size).toBe(worldSize - 1);
        for (const [name, parts] of kept) expect(name).toBe(`${parts.join('+')}:0`);
        expect(kept.has(`${rank}:0`)).toBe(false);
        expect(sent).toBe(worldSize - 1);
        expect(underWay).toBe(0);
      }
    }
  });
});
