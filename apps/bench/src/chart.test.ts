import { describe, expect, it } from 'vitest';
import { chart } from './chart.ts';
import type { Result } from './results.ts';

const result = (contestant: string, side: Result['side'], median: number, unit = 'ms'): Result => ({
  case: 'step',
  size: 'batch <64>',
  unit,
  contestant,
  side,
  best: median / 2,
  median,
  roundMedians: [median],
});

describe('the chart of a case', () => {
  const units = { ms: 'less', MB: 'less' } as const;
  const results = [
    result('Kiln', 'ours', 100),
    result('PyTorch', 'torch', 200),
    result('Kiln', 'ours', 7, 'MB'),
  ];
  const svg = chart('step', { about: 'one step', units }, results, 'a machine');

  it('draws the medians of the first unit to one scale', () => {
    const widths = [...svg.matchAll(/<rect x="250" .*?width="([\d.]+)"/g)].map(([, bar]) => Number(bar));
    expect(widths).toHaveLength(2);
    expect(widths[1]! / widths[0]!).toBeCloseTo(2, 2);
  });

  it('is well-formed: text is escaped', () => {
    expect(svg).toContain('batch &lt;64&gt;');
    expect(svg).not.toContain('<64>');
  });
});
