/** SAGAN as published, and a small one that trains on a CPU. */
import { saGanDiscriminator, saGanGenerator } from '@kiln/models';
import type { z } from 'zod';
import type { Game } from '../game.ts';
import { defineRecipe, type DataInfo } from '../recipe.ts';
import { settingsWith } from '../settings-with.ts';
import { attentionSides, labelledClasses } from '../needed-shape.ts';
import { residualGame, sizesOf } from './game.ts';
import { imageNet } from '../needed-data.ts';
import { saGanSettings } from './settings.ts';

function build(settings: z.infer<typeof saGanSettings>, data: DataInfo): Game {
  const { width, widthD, latent, attention } = settings;
  const sizes = sizesOf('SAGAN', data);
  const config = {
    ...sizes,
    numClasses: labelledClasses('SAGAN', data),
    width,
    latent,
    attention: attentionSides(attention, sizes.resolution),
  };
  const { numClasses } = config;
  const D = saGanDiscriminator({ ...config, width: widthD === 0 ? width : widthD });
  return residualGame(settings, { G: saGanGenerator(config), D, numClasses });
}

/** One update each, D's four times as far: TTUR. */
const published = settingsWith(saGanSettings, {
  discriminatorSteps: 1,
  learningRateG: 1e-4,
  learningRateD: 4e-4,
});

export const saGan128 = defineRecipe({
  title: 'SAGAN, 128x128',
  summary:
    'Table 1 of the paper, attention at 32x32 (--set attention=64 for 64x64): a million updates of each. On 4 GPUs.',
  source: 'Zhang, Goodfellow, Metaxas, Odena 2019',
  settings: published,
  defaults: { batch: 256, kimg: 256_000, workers: 4, checkpointSteps: 1000, tickKimg: 64, sampleTicks: 10 },
  ...imageNet(128),
  build,
});

export const saGanShapes32 = defineRecipe({
  title: 'SAGAN on drawn shapes',
  summary: 'A small SAGAN with attention at 16x16 on drawn 32x32 shapes of five classes, on two CPU cores.',
  source: 'Zhang, Goodfellow, Metaxas, Odena 2019',
  settings: settingsWith(published, {
    width: 8,
    // As many filters as G: of the same width, D has half as many at this side.
    widthD: 16,
    latent: 32,
    attention: 16,
    learningRateG: 4e-4,
    learningRateD: 8e-4,
    beta2: 0.99,
    adamEpsilon: 1e-6,
    emaKimg: 10,
  }),
  defaults: { batch: 32, kimg: 200, workers: 2, checkpointSteps: 1000, tickKimg: 5, sampleTicks: 2 },
  data: () => ({ source: 'shapes', resolution: 32 }),
  build,
});
