/** StyleGAN as published for FFHQ, and small on handwritten digits. */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { ffhq } from '../needed-data.ts';
import { defineRecipe } from '../recipe.ts';
import { styleGanGame } from './game.ts';
import { settingsWith } from '../settings-with.ts';
import { styleGanSettings } from './settings.ts';

const source = 'Karras, Laine, Aila 2019';

/** The values of the paper and, for batches and rates, of its release for 8 GPUs. */
export const styleganFfhq1024 = defineRecipe({
  title: 'StyleGAN, FFHQ at 1024x1024',
  summary:
    'Configuration F of the paper: 25 million images on 8 GPUs, grown from 8x8; the data mirrored (mirror=true), as there.',
  source,
  settings: styleGanSettings,
  defaults: { batch: 256, kimg: 25_000, workers: 8, checkpointSteps: 2000, tickKimg: 40, sampleTicks: 10 },
  ...ffhq(1024),
  build: (settings, data) =>
    styleGanGame(settings, data, {
      maxBatches: { 16: 128, 32: 64, 64: 32 },
      rates: { 128: 1.5, 256: 2, 512: 3 },
    }),
});

export const styleganDigits = defineRecipe({
  title: 'StyleGAN on handwritten digits',
  summary:
    'A small StyleGAN that grows from 8x8 to 16x16 on the digits in data/, enlarged; minutes on two CPU cores.',
  source,
  settings: settingsWith(styleGanSettings, {
    latent: 32,
    features: 32,
    mappingLayers: 4,
    featureBase: 192,
    featureMax: 48,
    holdKimg: 40,
    fadeKimg: 30,
    learningRate: 2e-3,
    r1Gamma: 1,
  }),
  defaults: { batch: 64, kimg: 200, workers: 2, checkpointSteps: 500, tickKimg: 10, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN, resolution: 16 }),
  build: styleGanGame,
});
