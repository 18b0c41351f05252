/** SNGAN as published, and a small one that trains on a CPU. An iteration of the papers is one update of G and five of D. */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { snGanDiscriminator, snGanGenerator } from '@kiln/models';
import type { z } from 'zod';
import type { Game } from '../game.ts';
import { defineRecipe, type DataInfo } from '../recipe.ts';
import { settingsWith } from '../settings-with.ts';
import { labelledClasses } from '../needed-shape.ts';
import { residualGame, sizesOf } from './game.ts';
import { cifar10, imageNet } from '../needed-data.ts';
import { conditionalSettings } from './settings.ts';

function build(settings: z.infer<typeof conditionalSettings>, data: DataInfo): Game {
  const numClasses = settings.conditional ? labelledClasses('SNGAN with conditional=true', data) : 0;
  const { width, latent } = settings;
  const config = { ...sizesOf('SNGAN', data), width, latent, numClasses };
  return residualGame(settings, { G: snGanGenerator(config), D: snGanDiscriminator(config), numClasses });
}

/** What the authors' configurations for 32x32 and 128x128 have; theirs for 64x64 has batches of 64 for both. */
const generatorBatchFactor = 2;

const run = { batch: 64, workers: 1, checkpointSteps: 1000, tickKimg: 32, sampleTicks: 10 };

export const snGan32 = defineRecipe({
  title: 'SNGAN, 32x32',
  summary:
    'Table 4 of the paper on CIFAR-10: 50,000 updates of G with twice the batch, five of D for each. On one GPU. --set conditional=true projects on classes.',
  source: 'Miyato, Kataoka, Koyama, Yoshida 2018',
  settings: settingsWith(conditionalSettings, { decayToKimg: 16_000, generatorBatchFactor }),
  defaults: { ...run, kimg: 16_000 },
  ...cifar10,
  build,
});

/** With classes, on ImageNet: the rates fall over the last 50,000 of 450,000 updates of G. */
const projected = (side: number, summary: string, own: Partial<z.infer<typeof conditionalSettings>> = {}) =>
  defineRecipe({
    title: `SNGAN with projection, ${side}x${side}`,
    summary: `${summary}, on ImageNet: 450,000 updates of G, five of D for each. On one GPU or more.`,
    source: 'Miyato, Koyama 2018',
    settings: settingsWith(conditionalSettings, {
      conditional: true,
      decayFromKimg: 128_000,
      decayToKimg: 144_000,
      ...own,
    }),
    defaults: { ...run, kimg: 144_000 },
    ...imageNet(side),
    build,
  });

export const snGan64 = projected(64, "The networks of the authors' code for 64x64");
export const snGan128 = projected(128, 'Figure 14 of the paper', { generatorBatchFactor });

export const snGanDigits = defineRecipe({
  title: 'SNGAN on handwritten digits',
  summary:
    'A small SNGAN with projection on the 8x8 digits in data/: draws the digit that is asked for, on two CPU cores.',
  source: 'Miyato, Koyama 2018',
  settings: settingsWith(conditionalSettings, {
    width: 12,
    latent: 24,
    conditional: true,
    discriminatorSteps: 2,
    learningRateG: 5e-4,
    learningRateD: 5e-4,
    beta2: 0.99,
    adamEpsilon: 1e-6,
    emaKimg: 20,
  }),
  defaults: { batch: 64, kimg: 500, workers: 2, checkpointSteps: 2000, tickKimg: 20, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build,
});
