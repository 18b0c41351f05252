/**
 * DCGAN on 1,497 real handwritten digits, 8x8: the main job of `npm start`.
 *
 *   kiln train digits-dcgan
 */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { defineRecipe } from '../recipe.ts';
import { dcganGame } from './recipe.ts';
import { digitsSettings } from './settings.ts';

export const digitsDcgan = defineRecipe({
  title: 'DCGAN on handwritten digits',
  summary:
    'Convolutional GAN on the 8x8 digits in data/: recognisable digits in a few minutes on two CPU cores.',
  source: 'Radford, Metz, Chintala 2016',
  settings: digitsSettings,
  defaults: { batch: 64, kimg: 500, workers: 2, checkpointSteps: 2000, tickKimg: 20, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build: (settings, data) => dcganGame(settings, data, { conditional: false }),
});
