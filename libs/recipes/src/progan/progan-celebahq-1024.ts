/**
 * Progressive growing as published for CelebA-HQ, 4x4 to 1024x1024, with the batches and rates of the release for 8 GPUs.
 *
 *   kiln train progan-celebahq-1024 --data <folder>:resolution=1024 --workers 8
 */
import { defineRecipe } from '../recipe.ts';
import { proGanGame } from './game.ts';
import { proGanSettings } from './settings.ts';

export const proganCelebahq1024 = defineRecipe({
  title: 'Progressive growing, CelebA-HQ at 1024x1024',
  summary: 'Figure 5 of the paper: 600 thousand images to hold a side and as many to fade it in, on 8 GPUs.',
  source: 'Karras, Aila, Laine, Lehtinen 2018',
  settings: proGanSettings,
  defaults: { batch: 512, kimg: 12_000, workers: 8, checkpointSteps: 2000, tickKimg: 40, sampleTicks: 10 },
  needs: 'the 30,000 images of CelebA-HQ at 1024x1024',
  expects: { numExamples: 30_000, imageShape: [1024, 1024, 3], numClasses: 0 },
  build: (settings, data) =>
    proGanGame(settings, data, {
      maxBatches: { 8: 256, 16: 128, 32: 64, 64: 32 },
      rates: { 128: 1.5, 256: 2, 512: 3 },
    }),
});
