/**
 * The same networks told which digit to draw (Mirza and Osindero, 2014): labels are given to G beside z and to D as
 * constant maps beside the image.
 *
 *   kiln train digits-cgan
 *   kiln sample runs/digits-cgan-001 --class 7
 */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { defineRecipe } from '../recipe.ts';
import { dcganGame } from './recipe.ts';
import { digitsSettings } from './settings.ts';

export const digitsCgan = defineRecipe({
  title: 'Conditional GAN on handwritten digits',
  summary: 'Label-conditional DCGAN on the 8x8 digits in data/: draws the digit that is asked for.',
  source: 'Mirza, Osindero 2014; networks of Radford et al. 2016',
  settings: digitsSettings,
  defaults: { batch: 64, kimg: 500, workers: 2, checkpointSteps: 2000, tickKimg: 20, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build: (settings, data) => dcganGame(settings, data, { conditional: true }),
});
