import { describe, expect, it } from 'vitest';
import type { Contestant } from './case.ts';
import { race } from './race.ts';

describe('a race', () => {
  const log: string[] = [];
  const contestant = (name: string, failsAt = ''): Contestant => ({
    name,
    side: name === 'Kiln' ? 'ours' : 'torch',
    measure: async (size) => {
      log.push(`${name} ${size}`);
      if (size === failsAt) throw new Error('no memory');
      return { values: { ms: [1] } };
    },
  });

  it('lets all take turns at one size after the other, and drops who fails', async () => {
    const lines: string[] = [];
    const starters = [contestant('Kiln'), contestant('PyTorch', 'large')];
    const tracks = await race({ sizes: ['small', 'large'] }, starters, 2, (line) => lines.push(line));
    expect(log).toEqual([
      'Kiln small',
      'PyTorch small',
      'Kiln small',
      'PyTorch small',
      'Kiln large',
      'PyTorch large',
      'Kiln large',
    ]);
    expect(tracks.map(({ contestant: { name }, size, turns }) => `${name} ${size} ${turns.length}`)).toEqual([
      'Kiln small 2',
      'PyTorch small 2',
      'Kiln large 2',
    ]);
    expect(lines).toContain('large, round 1: PyTorch is out: no memory');
  });
});
