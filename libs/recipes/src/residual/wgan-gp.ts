/** WGAN-GP on its residual networks as published, and a small one that trains on a CPU. */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { wganGpCritic, wganGpGenerator } from '@kiln/models';
import type { z } from 'zod';
import type { Game } from '../game.ts';
import { defineRecipe, type DataInfo } from '../recipe.ts';
import { settingsWith } from '../settings-with.ts';
import { residualGame, sizesOf } from './game.ts';
import { cifar10, imageNet } from '../needed-data.ts';
import { wganGpSettings } from './settings.ts';

function build(settings: z.infer<typeof wganGpSettings>, data: DataInfo): Game {
  const { width, latent, penaltyWeight: weight } = settings;
  const config = { ...sizesOf("WGAN-GP's residual network", data), width, latent };
  return residualGame(settings, {
    G: wganGpGenerator(config),
    D: wganGpCritic(config),
    numClasses: 0,
    penalty: { name: 'wgan-gp', weight },
  });
}

const run = { batch: 64, workers: 1, checkpointSteps: 1000, tickKimg: 32, sampleTicks: 10 };
const source = 'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville 2017';

export const wganGp32 = defineRecipe({
  title: 'WGAN-GP, 32x32',
  summary:
    'Appendix F of the paper on CIFAR-10, without classes: 100,000 updates of G with twice the batch, five of the critic for each. On one GPU.',
  source,
  settings: settingsWith(wganGpSettings, {
    loss: 'wasserstein',
    decayToKimg: 32_000,
    // As in the authors' code for CIFAR-10, but not in theirs for 64x64.
    generatorBatchFactor: 2,
  }),
  defaults: { ...run, kimg: 32_000 },
  ...cifar10,
  build,
});

export const wganGp64 = defineRecipe({
  title: 'WGAN-GP, 64x64',
  summary:
    "The authors' code for 64x64, layer norm in the critic: 200,000 updates of G, five of the critic for each. On one GPU.",
  source,
  settings: settingsWith(wganGpSettings, { loss: 'wasserstein', learningRateG: 1e-4, learningRateD: 1e-4 }),
  defaults: { ...run, kimg: 64_000 },
  ...imageNet(64),
  build,
});

export const wganGpDigits = defineRecipe({
  title: 'WGAN-GP on handwritten digits',
  summary:
    'A small residual WGAN-GP on the 8x8 digits in data/, three updates of the critic for each of G, on two CPU cores.',
  source,
  settings: settingsWith(wganGpSettings, {
    width: 16,
    latent: 24,
    loss: 'wasserstein',
    discriminatorSteps: 3,
    learningRateG: 5e-4,
    learningRateD: 5e-4,
    adamEpsilon: 1e-6,
    emaKimg: 20,
  }),
  defaults: { batch: 64, kimg: 600, workers: 2, checkpointSteps: 1000, tickKimg: 20, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build,
});
