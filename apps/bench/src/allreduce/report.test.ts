import { describe, expect, it } from 'vitest';
import { ratios, summarise, table } from './report.ts';

const cell = (contestant: string, nanoseconds: number[]) => ({ contestant, megabytes: 16, nanoseconds });

describe('the all-reduce report', () => {
  const rows = [cell('PyTorch gloo', [16e6, 8e6, 32e6]), cell('Kiln', [2e6, 4e6, 1e6])].map(summarise);

  it('rates the best and the median repetition in 10^9 bytes a second', () => {
    expect(rows[0]).toEqual({
      contestant: 'PyTorch gloo',
      megabytes: 16,
      repetitions: 3,
      bestGBps: 2,
      medianGBps: 1,
    });
    expect(rows[1]).toMatchObject({ bestGBps: 16, medianGBps: 8 });
  });

  it('compares medians', () => {
    expect([...ratios(rows)]).toEqual([[16, 8]]);
    expect([...ratios(rows.slice(1))]).toEqual([]);
  });

  it('is a table with a column a size', () => {
    expect(table(rows).split('\n')).toEqual([
      '| GB/s, median (best) | 16 MB |',
      '| --- | ---: |',
      '| PyTorch gloo | 1.00 (2.00) |',
      '| Kiln | 8.00 (16.00) |',
      '| **Kiln / gloo** | **8.0x** |',
    ]);
  });
});
