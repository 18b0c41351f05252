import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareReports, growing, trainOnRanks, type RankReport } from './testing/train-on-ranks.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));

function expectClose(declared: RankReport['declared'], expected: RankReport['declared']): void {
  const close = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 5));
  expect(declared).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, close(values)])),
  );
}

// Processes that share their cores with other tests.
const slow = { timeout: 240_000 };

describe('the number of workers', slow, () => {
  // BigGAN's Adam has no first moment: each step makes ten times of a rounding, and few steps can be compared.
  for (const [recipe, steps] of [
    ['digits-cgan', 4],
    ['digits-gan', 4],
    ['biggan-digits', 2],
  ] as const) {
    it(`does not change ${recipe}: 2 workers with half the batch each are 1 worker with all of it`, async () => {
      const common = { recipe, steps, batch: 32, dataFolder, settings: { width: 8 } };
      const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
      const [first, second] = await trainOnRanks({ ...common, worldSize: 2 });
      expect(second).toEqual(first);
      const { gradient, loss } = compareReports(alone!, first!);
      expect(gradient).toBeLessThan(1e-5);
      expect(loss).toBeLessThan(1e-4);
      expect(gradient).toBeGreaterThan(0);
    });
  }

  it('does not change digits-gan on hosts without a common memory', async () => {
    const common = { recipe: 'digits-gan', steps: 4, batch: 32, dataFolder, settings: { width: 16 } };
    const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
    const [first, second] = await trainOnRanks({ ...common, worldSize: 2, apart: true });
    expect(second).toEqual(first);
    const { gradient, loss } = compareReports(alone!, first!);
    expect(gradient).toBeLessThan(1e-5);
    expect(loss).toBeLessThan(1e-4);
    expect(gradient).toBeGreaterThan(0);
  });

  it('does not change progressive growing, whose D compares samples of all workers', async () => {
    const growth = { holdKimg: 0.064, fadeKimg: 0.128, featureMax: 12, latent: 8 };
    const common = { recipe: 'progan-digits', steps: 5, batch: 32, dataFolder, settings: growth };
    const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
    const [first, second] = await trainOnRanks({ ...common, worldSize: 2 });
    expect(second).toEqual(first);
    const { gradient, loss } = compareReports(alone!, first!);
    expect(gradient).toBeLessThan(1e-5);
    expect(loss).toBeLessThan(1e-3);
  });

  it('does not change a game with stages, lazy penalties, schedules and declared state', async () => {
    const common = { recipe: growing, steps: 9, batch: 64, dataFolder };
    const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
    const reports = await trainOnRanks({ ...common, worldSize: 4 });
    expect(new Set(reports.map((report) => JSON.stringify(report))).size).toBe(1);
    const { gradient, loss } = compareReports(alone!, reports[0]!);
    expect(gradient).toBeLessThan(1e-5);
    expect(loss).toBeLessThan(1e-4);
    expectClose(reports[0]!.declared, alone!.declared);
  });
});

describe('accumulation', slow, () => {
  it('of 4 x 16 is a batch of 64, and advances declared state as often', async () => {
    const common = { recipe: growing, steps: 6, batch: 64, dataFolder };
    const [whole] = await trainOnRanks({ ...common, worldSize: 1 });
    const [pieces] = await trainOnRanks({ ...common, worldSize: 1, accumulate: 4 });
    const { gradient, loss } = compareReports(whole!, pieces!);
    expect(gradient).toBeLessThan(1e-5);
    expect(gradient).toBeGreaterThan(0);
    expect(loss).toBeLessThan(1e-4);
    expectClose(pieces!.declared, whole!.declared);
  });

  it('goes with several workers', async () => {
    const common = { recipe: growing, steps: 6, batch: 64, dataFolder, accumulate: 2 };
    const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
    const [first, second] = await trainOnRanks({ ...common, worldSize: 2 });
    expect(second).toEqual(first);
    expect(compareReports(alone!, first!).gradient).toBeLessThan(1e-5);
    expectClose(first!.declared, alone!.declared);
  });
});
