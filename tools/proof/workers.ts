/** The number of workers does not change the result: 1 x 64, 2 x 32 and 4 x 16 compared for every recipe, on one host and on four. */
import { recipes } from '@kiln/recipes';
import { compareReports, trainOnRanks } from '../../libs/training/src/testing/train-on-ranks.ts';
import { atMost, equal, type Claim } from './claim.ts';
import { dataFolder } from './kiln.ts';

const steps = 20;

export async function workers(): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const recipe of Object.keys(recipes)) {
    const common = { recipe, steps, batch: 64, dataFolder, settings: {} };
    const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
    for (const [worldSize, apart] of [
      [2, false],
      [4, false],
      [4, true],
    ] as const) {
      const reports = await trainOnRanks({ ...common, worldSize, apart });
      const { gradient, loss, worst } = compareReports(alone!, reports[0]!);
      const name = `${recipe}, ${worldSize} workers${apart ? ' over ZeroMQ' : ''}`;
      claims.push(atMost(`${name}: first gradients, relative (worst: ${worst})`, gradient, 1e-5));
      claims.push(atMost(`${name}: losses over ${steps} steps, relative`, loss, 1e-3));
      const bits = reports.map((report) => JSON.stringify(report));
      claims.push(equal(`${name}: all ranks hold the same`, String(new Set(bits).size), '1'));
    }
  }
  return claims;
}
