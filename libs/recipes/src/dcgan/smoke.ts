/**
 * A narrow DCGAN for a few hundred steps on procedural shapes: proves an installation in under a minute, needs no
 * files. Its samples are blobs, not shapes.
 *
 *   kiln train smoke
 */
import { defineRecipe } from '../recipe.ts';
import { dcganGame } from './recipe.ts';
import { dcganSettings } from './settings.ts';

export const smoke = defineRecipe({
  title: 'Smoke test',
  summary:
    'A narrow DCGAN on 16x16 procedural shapes for a few hundred steps: checks an installation in under a minute.',
  source: 'Radford, Metz, Chintala 2016',
  settings: dcganSettings.extend({
    width: dcganSettings.shape.width.default(16),
    latent: dcganSettings.shape.latent.default(32),
  }),
  defaults: { batch: 32, kimg: 8, workers: 2, checkpointSteps: 100, tickKimg: 1, sampleTicks: 2 },
  data: () => ({ source: 'shapes', n: 2000, resolution: 16 }),
  build: (settings, data) => dcganGame(settings, data, { conditional: false }),
});
