/** StyleGAN2 keeps in the state all that a resumed run needs: augmentation, path lengths, the average w, and two averages. */
import { fileURLToPath } from 'node:url';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { beforeAll, expect, it } from 'vitest';
import type { Snapshot } from './snapshot.ts';
import { Trainer } from './trainer.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));
beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

it('resumes to the same bits between two changes of p', { timeout: 120_000 }, async () => {
  const { settings, data, build } = recipes['stylegan2-digits'];
  const dataset = await openDataset(data!(dataFolder));
  const small = { latent: 4, features: 4, mappingLayers: 1, featureMax: 4 };
  const game = build(
    settings.parse({ ...small, augmentStart: 0.5, augmentKimg: 1, pathEvery: 2, r1Every: 2 }),
    dataset,
  );
  const trainerOf = (snapshot?: Snapshot): Promise<Trainer> =>
    Trainer.create({ game, dataset, seed: 5, batch: 8, rank: 0 }, snapshot);
  const trainer = await trainerOf();
  for (let step = 0; step < 3; step++) await trainer.next();
  const middle = { step: trainer.step, cursor: trainer.cursor, tensors: await trainer.read(() => true) };
  const valueOf = (name: string): number => middle.tensors.get(`declared/${name}`)!.data[0]!;
  expect(valueOf('augmentP')).toBeCloseTo(0.5 - 0.032, 6);
  for (const name of ['augmentExcess', 'pathMean', 'wAverage']) expect(valueOf(name)).not.toBe(0);
  for (let step = 3; step < 5; step++) await trainer.next();
  const whole = await trainer.read(() => true);
  await trainer.close();
  const resumed = await trainerOf(middle);
  for (let step = 3; step < 5; step++) await resumed.next();
  expect(await resumed.read(() => true)).toEqual(whole);
  await resumed.close();
  dataset.dispose();
});
