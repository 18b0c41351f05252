/** Penalties are losses of the global batch: the number of workers does not change them. */
import { Ranks } from '@kiln/collectives/testing';
import { afterAll, describe, expect, it } from 'vitest';
import type { PenaltyReport } from './testing/penalty-scenarios.ts';

const ranks = new Ranks(4, new URL('./testing/penalty-scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

const norm = (values: number[]): number => Math.hypot(...values);
const relative = (got: number[], expected: number[]): number =>
  norm(expected.map((value, i) => value - got[i]!)) / norm(expected);

describe('penalties in a compiled, all-reduced step', () => {
  it('and their gradients are the same for 1, 2 and 4 workers, with statistics that escape the penalty', async () => {
    const run = (worldSize: number): Promise<PenaltyReport[]> =>
      ranks.values<PenaltyReport>('penalties', () => ({ batch: 8 }), { worldSize });
    const [alone] = await run(1);
    expect(Math.min(...alone!.losses)).toBeGreaterThan(1e-3);
    const gradients = Object.entries(alone!.gradients);
    const moved = gradients.filter(([, values]) => norm(values) > 1e-6).map(([path]) => path);
    expect(moved).toEqual(
      expect.arrayContaining([
        'a.kernel',
        'norm.gain.kernel',
        'c.kernel',
        'logit.kernel',
        'up.kernel',
        'up.style.kernel',
      ]),
    );
    for (const worldSize of [2, 4]) {
      const reports = await run(worldSize);
      for (const report of reports) expect(report).toEqual(reports[0]);
      const shared = reports[0]!;
      expect(relative(shared.losses, alone!.losses)).toBeLessThan(1e-5);
      for (const path of moved)
        expect(relative(shared.gradients[path]!, alone!.gradients[path]!)).toBeLessThan(5e-5);
      for (const [path, values] of Object.entries(alone!.stats))
        expect(relative(shared.stats[path]!, values)).toBeLessThan(1e-5);
    }
  });
});
