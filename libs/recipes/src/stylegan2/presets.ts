/** StyleGAN2 as published for FFHQ, and a small one that trains on a CPU. */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { ffhq } from '../needed-data.ts';
import { defineRecipe } from '../recipe.ts';
import { settingsWith } from '../settings-with.ts';
import { styleGan2Game } from './game.ts';
import { styleGan2Settings } from './settings.ts';

const paperRun = { kimg: 25_000, workers: 8, checkpointSteps: 2000, tickKimg: 4, sampleTicks: 50 };

/** Configuration F: batch 32, gamma 10, no augmentation. */
export const styleGan2Ffhq1024 = defineRecipe({
  title: 'StyleGAN2, FFHQ at 1024x1024',
  summary:
    'Configuration F of the paper: batch 32, gamma 10, path length regularisation; 25 million images on 8 GPUs; the data mirrored (mirror=true).',
  source: 'Karras, Laine, Aittala, Hellsten, Lehtinen, Aila 2020',
  settings: settingsWith(styleGan2Settings, { emaRamp: 1 }),
  defaults: { batch: 32, ...paperRun },
  ...ffhq(1024),
  build: styleGan2Game,
});

/** The baseline of the paper on limited data, with adaptive augmentation. */
export const styleGan2Ffhq256 = defineRecipe({
  title: 'StyleGAN2-ADA, FFHQ at 256x256',
  summary:
    'Half as wide as at 1024x1024, batch 64, gamma 1, adaptive augmentation; 25 million images on 8 GPUs; the data mirrored (mirror=true).',
  source: 'Karras, Aittala, Hellsten, Laine, Lehtinen, Aila 2020',
  settings: settingsWith(styleGan2Settings, {
    featureBase: 8192,
    stddevGroup: 8,
    learningRate: 2.5e-3,
    r1Gamma: 1,
    emaKimg: 20,
    emaRamp: 1,
    augment: 'bgc',
  }),
  defaults: { batch: 64, ...paperRun },
  ...ffhq(256),
  build: styleGan2Game,
});

/**
 * StyleGAN2 on 1,497 real handwritten digits (8x8 pixels, enlarged to 16x16), with all that the large ones have.
 *
 *   kiln train stylegan2-digits
 */
export const styleGan2Digits = defineRecipe({
  title: 'StyleGAN2 on handwritten digits',
  summary:
    'Small networks on the digits in data/, enlarged to 16x16, with path lengths and adaptive augmentation.',
  source: 'Karras et al. 2020; Karras, Aittala et al. 2020',
  settings: settingsWith(styleGan2Settings, {
    latent: 32,
    features: 48,
    mappingLayers: 4,
    featureBase: 192,
    featureMax: 48,
    learningRate: 2.5e-3,
    r1Gamma: 0.1,
    augment: 'bgc',
    augmentKimg: 100,
  }),
  defaults: { batch: 32, kimg: 300, workers: 2, checkpointSteps: 1000, tickKimg: 10, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN, resolution: 16 }),
  build: styleGan2Game,
});
