/** The number of workers does not change the result: 1 x 64, 2 x 32 and 4 x 16 compared for every recipe, on one host and on four. */
import { recipes, type Recipe } from '@kiln/recipes';
import { compareReports, trainOnRanks } from '../../libs/training/src/testing/train-on-ranks.ts';
import { atMost, equal, type Claim } from './claim.ts';
import { dataFolder } from './kiln.ts';

/** Steps whose losses are compared. Adam without a first moment makes ten times of a rounding in each step. */
const stepsOf = (recipe: string): number => (recipe.startsWith('biggan') ? 3 : 20);

export async function workers(): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const [recipe, { data }] of Object.entries<Recipe>(recipes)) {
    // The published ones are for data that is not here, and too large.
    if (data === undefined) continue;
    const steps = stepsOf(recipe);
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
