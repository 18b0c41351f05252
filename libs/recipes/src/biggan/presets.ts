/** BigGAN as published, and small ones that train on a CPU. A preset is the settings' defaults and a few values of its own. */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import type { z } from 'zod';
import { defineRecipe, type Recipe, type RunDefaults } from '../recipe.ts';
import { cifar10, imageNet } from '../needed-data.ts';
import { settingsWith } from '../settings-with.ts';
import { bigGanGame } from './recipe.ts';
import { bigGanSettings } from './settings.ts';

type Settings = z.infer<typeof bigGanSettings>;
type Defaults = Partial<Settings>;

/**
 * Of Adam, in recipes that are compared over numbers of workers: its first steps are signs of gradients, and without a floor
 * above their rounding an element that is nothing but rounding moves by a whole learning rate, either way.
 */
const adamEpsilon = 1e-5;

const source = 'Brock, Donahue, Simonyan 2019';
/** 140,000 steps of two batches of 2,048. */
const paperRun: RunDefaults = {
  batch: 2048,
  kimg: 573_440,
  workers: 8,
  checkpointSteps: 1000,
  tickKimg: 40,
  sampleTicks: 25,
};

function published(title: string, summary: string, side: number, defaults: Defaults): Recipe {
  return defineRecipe({
    title,
    summary,
    source,
    settings: settingsWith(bigGanSettings, defaults),
    defaults: paperRun,
    ...imageNet(side),
    build: bigGanGame,
  }) as Recipe;
}

const at = 'on many GPUs; the batch of 2,048 may be taken in pieces with --accumulate';

export const bigGan128 = published('BigGAN, 128x128', `Table 4 of the paper, ${at}.`, 128, {});
export const bigGan256 = published('BigGAN, 256x256', `Table 5 of the paper, ${at}.`, 256, { latent: 140 });
export const bigGan512 = published('BigGAN, 512x512', `Table 6 of the paper, ${at}.`, 512, { latent: 160 });

const deep: Defaults = { model: 'biggan-deep', width: 128, latent: 128 };
const deepLarge: Defaults = { ...deep, learningRateG: 2.5e-5, learningRateD: 2.5e-5 };
export const bigGanDeep128 = published('BigGAN-deep, 128x128', `Table 7 of the paper, ${at}.`, 128, deep);
export const bigGanDeep256 = published(
  'BigGAN-deep, 256x256',
  `Table 8 of the paper, ${at}.`,
  256,
  deepLarge,
);
export const bigGanDeep512 = published(
  'BigGAN-deep, 512x512',
  `Table 9 of the paper, ${at}.`,
  512,
  deepLarge,
);

export const bigGan32 = defineRecipe({
  title: 'BigGAN, 32x32',
  summary: 'The small BigGAN of BigGAN-PyTorch for CIFAR-10: four updates of D for each of G, batch 50.',
  source: `${source}; BigGAN-PyTorch`,
  settings: settingsWith(bigGanSettings, {
    width: 64,
    latent: 128,
    attention: 0,
    discriminatorSteps: 4,
    learningRateG: 2e-4,
    emaKimg: 1386,
  }),
  defaults: { batch: 50, kimg: 25_000, workers: 1, checkpointSteps: 1000, tickKimg: 10, sampleTicks: 10 },
  ...cifar10,
  build: bigGanGame,
});

export const bigGanDigits = defineRecipe({
  title: 'BigGAN on handwritten digits',
  summary: 'A small BigGAN on the 8x8 digits in data/: draws the digit that is asked for, on two CPU cores.',
  source,
  settings: settingsWith(bigGanSettings, {
    width: 12,
    latent: 24,
    embedding: 16,
    attention: 0,
    discriminatorSteps: 1,
    learningRateG: 5e-4,
    learningRateD: 5e-4,
    adamEpsilon,
    emaKimg: 50,
  }),
  defaults: { batch: 64, kimg: 500, workers: 2, checkpointSteps: 2000, tickKimg: 20, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build: bigGanGame,
});

export const bigGanShapes32 = defineRecipe({
  title: 'BigGAN on drawn shapes',
  summary: 'A small BigGAN with attention on drawn 32x32 shapes of five classes, on two CPU cores.',
  source,
  settings: settingsWith(bigGanSettings, {
    width: 8,
    latent: 32,
    embedding: 16,
    attention: 16,
    discriminatorSteps: 1,
    learningRateG: 4e-4,
    learningRateD: 8e-4,
    beta2: 0.99,
    adamEpsilon,
    emaKimg: 10,
  }),
  defaults: { batch: 32, kimg: 200, workers: 2, checkpointSteps: 1000, tickKimg: 5, sampleTicks: 2 },
  data: () => ({ source: 'shapes', resolution: 32 }),
  build: bigGanGame,
});
