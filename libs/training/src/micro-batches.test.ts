import { fileURLToPath } from 'node:url';
import { DIGITS_TRAIN, digitsSpec, openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { beforeAll, expect, it } from 'vitest';
import { Trainer } from './trainer.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));

beforeAll(() => startEngine({}));

/** Running mean of G's first batch norm, which sees a linear layer of z, after one step. */
async function runningMean(accumulate: number): Promise<number[]> {
  const dataset = await openDataset({ ...digitsSpec(dataFolder), range: DIGITS_TRAIN });
  const { settings, build } = recipes['digits-dcgan'];
  const game = build(settings.parse({ width: 8 }), dataset);
  const trainer = await Trainer.create({ game, dataset, seed: 5, batch: 32, accumulate, rank: 0 });
  await trainer.next();
  const [stat] = (await trainer.read((path) => path === 'networks/G/stats/project.mean')).values();
  await trainer.close();
  dataset.dispose();
  return [...stat!.data];
}

it('running statistics advance once a move, by the mean over micro-batches', async () => {
  const whole = await runningMean(1);
  const pieces = await runningMean(4);
  expect(Math.max(...whole.map(Math.abs))).toBeGreaterThan(1e-4);
  expect(pieces).toEqual(whole.map((value) => expect.closeTo(value, 6)));
});
