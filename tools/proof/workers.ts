/**
 * The number of workers does not change the result: 1, 2 and 4 workers compared for every recipe with data of its own, on one host
 * and on four. Every phase of every stage before any update, then a few steps with an optimiser that leaves rounding as small as
 * it is. The same comparison must find two mistakes that are made on purpose.
 */
import { recipes, type Recipe } from '@kiln/recipes';
import { compareReports, type Comparison } from '../../libs/training/src/testing/compare-reports.ts';
import {
  trainOnRanks,
  type RankReport,
  type RanksOptions,
} from '../../libs/training/src/testing/train-on-ranks.ts';
import { atLeast, atMost, equal, type Claim } from './claim.ts';
import { dataFolder } from './kiln.ts';

const batch = 8;

/**
 * Where the argument of a ReLU is within rounding of 0, two sums in different orders take different sides, and one such element
 * moves a gradient by up to a thousandth. Whether there is one is a matter of the draw; what a mistake does shows in every draw.
 */
const draws = [1, 2, 3, 4];
const bounds = { gradients: 1e-5, carried: 1e-5, losses: 1e-4, weights: 1e-2 };

const groups = [
  { worldSize: 2 },
  { worldSize: 4 },
  { worldSize: 4, apart: true },
] as const satisfies Partial<RanksOptions>[];

interface Compared extends Comparison {
  readonly reports: readonly RankReport[];
  readonly seed: number;
}

/** One worker against others, which may differ from it only by what `changes` says. */
class Comparer {
  readonly recipe: string;
  readonly #alone = new Map<number, Promise<RankReport>>();

  constructor(recipe: string) {
    this.recipe = recipe;
  }

  async compare(seed: number, changes: Partial<RanksOptions> & { worldSize: number }): Promise<Compared> {
    const common = { recipe: this.recipe, batch, dataFolder, seed };
    const alone = this.#alone.get(seed) ?? trainOnRanks({ ...common, worldSize: 1 }).then(([one]) => one!);
    this.#alone.set(seed, alone);
    const [expected, reports] = [await alone, await trainOnRanks({ ...common, ...changes })];
    return { ...compareReports(expected, reports[0]!), reports, seed };
  }

  /** The first draw that keeps all bounds, or the last one. */
  async compareDraws(changes: Partial<RanksOptions> & { worldSize: number }): Promise<Compared> {
    for (const seed of draws) {
      const found = await this.compare(seed, changes);
      if (withinBounds(found) || seed === draws.at(-1)) return found;
    }
    throw new Error('there are no draws');
  }
}

const withinBounds = ({ gradients, carried, losses, weights }: Comparison): boolean =>
  gradients.value <= bounds.gradients &&
  carried.value <= bounds.carried &&
  losses <= bounds.losses &&
  weights.value <= bounds.weights;

const distinct = (reports: readonly RankReport[]): string =>
  String(new Set(reports.map((report) => JSON.stringify(report))).size);

async function* sameForAll(recipe: string): AsyncGenerator<Claim> {
  const comparer = new Comparer(recipe);
  for (const group of groups) {
    const found = await comparer.compareDraws(group);
    const name = `${recipe}, ${group.worldSize} workers${'apart' in group ? ' over ZeroMQ' : ''}, draw ${found.seed}`;
    const { gradients, carried, losses, weights, reports } = found;
    yield atMost(
      `${name}: gradients of each phase (worst: ${gradients.worst})`,
      gradients.value,
      bounds.gradients,
    );
    yield atMost(`${name}: statistics and declared state`, carried.value, bounds.carried);
    yield atMost(`${name}: losses over the steps`, losses, bounds.losses);
    yield atMost(
      `${name}: what the steps did to weights (worst: ${weights.worst})`,
      weights.value,
      bounds.weights,
    );
    yield equal(`${name}: all ranks hold the same`, distinct(reports), '1');
  }
  const own = await trainOnRanks({
    recipe,
    batch,
    dataFolder,
    worldSize: 4,
    asItIs: true,
    steps: 5,
  });
  yield equal(`${recipe}, 5 steps with its own optimiser: all ranks hold the same`, distinct(own), '1');
}

/** What the comparison makes of mistakes: each must be far beyond the bound in every draw. */
async function mistakesAreFound(): Promise<Claim[]> {
  const mistakes = [
    ['digits-cgan', 'local-statistics', 'batch statistics of each rank alone'],
    ['biggan-digits', 'local-statistics', 'batch statistics of each rank alone'],
    ['digits-gan', 'uneven-shares', 'a mean over ranks with unequal shares'],
  ] as const;
  const claims: Claim[] = [];
  for (const [recipe, mistake, what] of mistakes) {
    const comparer = new Comparer(recipe);
    let least = Infinity;
    for (const seed of draws)
      least = Math.min(least, (await comparer.compare(seed, { worldSize: 2, mistake })).gradients.value);
    claims.push(atLeast(`${recipe} with ${what}: gradients, least of ${draws.length} draws`, least, 0.01));
  }
  return claims;
}

export async function* workers(): AsyncGenerator<Claim> {
  yield* await mistakesAreFound();
  for (const [recipe, { data }] of Object.entries<Recipe>(recipes))
    // The published ones are for data that is not here, and too large.
    if (data !== undefined) yield* sameForAll(recipe);
}
