import { describe, expect, it } from 'vitest';
import { type Round, summarise, table } from './report.ts';

const round = (contestant: string, number: number, stepMs: number[], firstMs: number): Round => ({
  contestant,
  round: number,
  stepMs,
  firstMs,
  cpuMs: stepMs[0]! * 2,
  otherCores: 0.25,
  losses: [1, 2],
});

const rows = summarise([
  round('ours', 1, [12, 10, 30], 50),
  round('theirs', 1, [20, 22, 21], 80),
  round('ours', 2, [11, 14, 15], 40),
]);

describe('the report of the step benchmark', () => {
  it('takes the fastest step of all and the best round by its median', () => {
    expect(rows).toEqual([
      {
        contestant: 'ours',
        minMs: 10,
        medianMs: 12,
        cpuMs: 22,
        firstMs: 40,
        roundMs: [12, 14],
        otherCores: [0.25, 0.25],
      },
      {
        contestant: 'theirs',
        minMs: 20,
        medianMs: 21,
        cpuMs: 40,
        firstMs: 80,
        roundMs: [21],
        otherCores: [0.25],
      },
    ]);
  });

  it('divides by the times of the baseline, and leaves the ratio out where that did not run', () => {
    expect(table(rows, 'theirs').split('\n')[2]).toBe(
      '| ours | 10 | 0.50 | 12 | 0.57 | 22 | 40 | 12 (0.3), 14 (0.3) |',
    );
    expect(table(rows, 'nobody').split('\n')[2]).toContain('| 10 |  | 12 |  |');
  });
});
