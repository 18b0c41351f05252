/**
 * Progressive growing on 1,497 real handwritten digits, 4x4 to 16x16 (the digits have 8x8 pixels and are enlarged).
 *
 *   kiln train progan-digits
 */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { defineRecipe } from '../recipe.ts';
import { proGanGame } from './game.ts';
import { proGanSettings } from './settings.ts';

const { shape } = proGanSettings;

export const proganDigits = defineRecipe({
  title: 'Progressive growing on handwritten digits',
  summary: 'Grows from 4x4 to 16x16 on the digits in data/, enlarged: each side is faded in, then held.',
  source: 'Karras, Aila, Laine, Lehtinen 2018',
  settings: proGanSettings.extend({
    latent: shape.latent.default(32),
    featureBase: shape.featureBase.default(192),
    featureMax: shape.featureMax.default(48),
    holdKimg: shape.holdKimg.default(30),
    fadeKimg: shape.fadeKimg.default(30),
    emaKimg: shape.emaKimg.default(10),
  }),
  defaults: { batch: 32, kimg: 300, workers: 2, checkpointSteps: 2000, tickKimg: 10, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN, resolution: 16 }),
  build: proGanGame,
});
