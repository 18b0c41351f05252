import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareReports, trainOnRanks } from './testing/train-on-ranks.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));

describe('the number of workers', () => {
  for (const recipe of ['digits-cgan', 'digits-gan']) {
    it(`does not change ${recipe}: 2 workers with half the batch each are 1 worker with all of it`, async () => {
      const common = { recipe, steps: 4, batch: 32, dataFolder, settings: { width: 16 } };
      const [alone] = await trainOnRanks({ ...common, worldSize: 1 });
      const [first, second] = await trainOnRanks({ ...common, worldSize: 2 });
      expect(second).toEqual(first);
      const { gradient, loss } = compareReports(alone!, first!);
      expect(gradient).toBeLessThan(1e-5);
      expect(loss).toBeLessThan(1e-4);
      expect(gradient).toBeGreaterThan(0);
    });
  }
});
