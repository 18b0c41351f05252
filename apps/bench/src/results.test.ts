import { describe, expect, it } from 'vitest';
import { compare, median, summarise, tables } from './results.ts';
import type { Track } from './race.ts';

const track = (name: string, side: Track['contestant']['side'], ...rounds: number[][]): Track => ({
  contestant: { name, side },
  size: 'batch 64',
  turns: rounds.map((ms) => ({ values: { ms }, otherCores: 0.25 })),
});

const units = { ms: 'less' } as const;
const results = summarise('step', { units }, [
  track('Kiln', 'ours', [12, 10, 30], [11, 14, 15]),
  track('eager', 'torch', [40, 44], [42, 42]),
  track('compiled', 'torch', [20, 22], [21, 21]),
  track('limit', 'aside', [5]),
]);

describe('the results of a race', () => {
  it('have the best and the median of all rounds', () => {
    expect(results[0]).toEqual({
      case: 'step',
      size: 'batch 64',
      unit: 'ms',
      contestant: 'Kiln',
      side: 'ours',
      best: 10,
      median: 13,
      roundMedians: [12, 14],
      otherCores: [0.25, 0.25],
    });
  });

  it('compare ours with the best contestant of each peer, and with nothing that stands aside', () => {
    expect(compare({ units }, results)).toEqual([
      { case: 'step', size: 'batch 64', unit: 'ms', peer: 'torch', ours: 13, theirs: 21, ratio: 0.619 },
    ]);
  });

  it('compare ours with its own baseline', () => {
    const all = summarise('scaling', { units }, [track('two', 'ours', [12]), track('one', 'baseline', [10])]);
    expect(compare({ units }, all)).toMatchObject([{ peer: 'baseline', ours: 12, theirs: 10, ratio: 1.2 }]);
  });

  it('take the most as the best of rates', () => {
    const rates = { 'GB/s': 'more' } as const;
    const rate = (name: string, side: Track['contestant']['side'], ...values: number[]): Track => ({
      contestant: { name, side },
      size: '1 MB',
      turns: [{ values: { 'GB/s': values } }],
    });
    const all = summarise('allreduce', { units: rates }, [
      rate('Kiln', 'ours', 8, 6, 7),
      rate('slow', 'torch', 1, 2, 3),
      rate('fast', 'torch', 4, 3, 5),
    ]);
    expect(all[0]).toMatchObject({ best: 8, median: 7 });
    expect(compare({ units: rates }, all)).toMatchObject([{ ours: 7, theirs: 4, ratio: 1.75 }]);
  });

  it('are left out where a contestant measured nothing', () => {
    expect(summarise('step', { units: { MB: 'less' } }, [track('Kiln', 'ours', [1])])).toEqual([]);
    expect(compare({ units }, results.slice(1))).toEqual([]);
  });

  it('are a table for each size and unit', () => {
    expect(tables(results).split('\n')).toEqual([
      '| batch 64, ms | best | ours/it | median | ours/it | median of each round (cores busy with others) |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      '| **Kiln** | 10 |  | 13 |  | 12 (0.25), 14 (0.25) |',
      '| eager | 40 | 0.25 | 42 | 0.31 | 42 (0.25), 42 (0.25) |',
      '| compiled | 20 | 0.50 | 21 | 0.62 | 21 (0.25), 21 (0.25) |',
      '| limit | 5 | 2.00 | 5 | 2.60 | 5 (0.25) |',
    ]);
  });

  it('take the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});
