import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareReports, type Comparison } from './testing/compare-reports.ts';
import { growing, trainOnRanks, type RankReport, type RanksOptions } from './testing/train-on-ranks.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));

function expectClose(declared: RankReport['declared'], expected: RankReport['declared']): void {
  const close = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 5));
  expect(declared).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, close(values)])),
  );
}

/** Of one worker with all of the batch and of several with their shares. */
async function compared(
  options: Omit<RanksOptions, 'worldSize' | 'dataFolder'>,
  worldSize: number,
  changes: Partial<RanksOptions> = {},
): Promise<Comparison & { reports: RankReport[]; alone: RankReport }> {
  const [alone] = await trainOnRanks({ ...options, dataFolder, worldSize: 1 });
  const reports = await trainOnRanks({ ...options, dataFolder, worldSize, ...changes });
  return { ...compareReports(alone!, reports[0]!), reports, alone: alone! };
}

/** The bounds that it keeps, to be compared with all of them. */
function kept({ gradients, carried, losses, weights, reports }: Awaited<ReturnType<typeof compared>>) {
  return {
    sameOnAllRanks: reports.every((report) => isDeepStrictEqual(report, reports[0])),
    gradients: gradients.value < 1e-5 && gradients.value > 0 ? 'within 1e-5' : gradients,
    carried: carried.value < 1e-5 ? 'within 1e-5' : carried,
    losses: losses < 1e-4 ? 'within 1e-4' : losses,
    weights: weights.value < 1e-2 ? 'within 1e-2' : weights,
  };
}

const all = {
  sameOnAllRanks: true,
  gradients: 'within 1e-5',
  carried: 'within 1e-5',
  losses: 'within 1e-4',
  weights: 'within 1e-2',
};

// Processes that share their cores with other tests.
const slow = { timeout: 240_000 };

describe('the number of workers', slow, () => {
  for (const recipe of ['digits-cgan', 'biggan-digits'])
    it(`does not change ${recipe}: 2 workers with half the batch each are 1 worker with all of it`, async () => {
      expect(kept(await compared({ recipe, batch: 16, settings: { width: 8 }, steps: 4 }, 2))).toEqual(all);
    });

  it('does not change SNGAN, whose G draws twice as many images and classes as D sees', async () => {
    const settings = { width: 4, latent: 8, generatorBatchFactor: 2 };
    expect(kept(await compared({ recipe: 'sngan-digits', batch: 8, settings, steps: 2 }, 2))).toEqual(all);
  });

  it('does not change digits-gan on hosts without a common memory', async () => {
    const options = { recipe: 'digits-gan', steps: 4, batch: 32, settings: { width: 16 } };
    expect(kept(await compared(options, 2, { apart: true }))).toEqual(all);
  });

  it('does not change progressive growing, whose D compares samples of all workers', async () => {
    const settings = { featureMax: 12, latent: 8, startResolution: 8 };
    expect(kept(await compared({ recipe: 'progan-digits', batch: 8, settings }, 2))).toEqual(all);
  });

  it('does not change StyleGAN2, whose augmentation and mean path length are of all workers', async () => {
    const sizes = { latent: 8, features: 8, mappingLayers: 2, featureMax: 8 };
    const settings = { ...sizes, augmentStart: 0.5, augmentKimg: 1 };
    const found = await compared({ recipe: 'stylegan2-digits', batch: 32, steps: 1, settings }, 2);
    expect(kept(found)).toEqual(all);
    const declared = found.reports[0]!.declared;
    expectClose(declared, found.alone.declared);
    expect(declared['declared/augmentP']![0]).toBeCloseTo(0.5 - (4 * 32) / 1000, 6);
    expect(declared['declared/pathMean']![0]).toBeGreaterThan(0);
  });

  it('does not change a game with stages, lazy penalties, schedules and declared state', async () => {
    const found = await compared({ recipe: growing, batch: 64 }, 4);
    expect(kept(found)).toEqual(all);
    expectClose(found.reports[0]!.declared, found.alone.declared);
  });

  it.each([
    ['batch statistics of each rank alone', 'digits-cgan', 'local-statistics'],
    ['a mean over ranks with unequal shares', 'digits-gan', 'uneven-shares'],
  ] as const)('would change much by %s, which the comparison finds', async (_, recipe, mistake) => {
    const options = { recipe, batch: 16, steps: 0, settings: { width: 8 } };
    expect((await compared(options, 2, { mistake })).gradients.value).toBeGreaterThan(0.01);
  });
});

describe('accumulation', slow, () => {
  it('of 4 x 16 is a batch of 64, and advances declared state as often', async () => {
    const found = await compared({ recipe: growing, batch: 64 }, 1, { accumulate: 4 });
    expect(kept(found)).toEqual(all);
    expectClose(found.reports[0]!.declared, found.alone.declared);
  });

  it('goes with several workers', async () => {
    const found = await compared({ recipe: growing, batch: 64, accumulate: 2 }, 2);
    expect(kept(found)).toEqual(all);
    expectClose(found.reports[0]!.declared, found.alone.declared);
  });
});
