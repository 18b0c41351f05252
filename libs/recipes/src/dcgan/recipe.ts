/** Builds the DCGAN game for any square data set, with or without class labels. */
import { dcganDiscriminator, dcganGenerator } from '@kiln/models';
import { adam } from '@kiln/nn';
import type { z } from 'zod';
import { adversarialGame } from '../adversarial-game.ts';
import type { Game } from '../game.ts';
import { labelledClasses, squareSide } from '../needed-shape.ts';
import type { DataInfo } from '../recipe.ts';
import type { dcganSettings } from './settings.ts';

export function dcganGame(
  settings: z.infer<typeof dcganSettings>,
  data: DataInfo,
  { conditional }: { conditional: boolean },
): Game {
  const resolution = squareSide('DCGAN', data);
  const numClasses = conditional ? labelledClasses('a class-conditional recipe', data) : 0;
  const { latent, stages, kernelSize, beta1, beta2 } = settings;
  const config = {
    resolution,
    channels: data.imageShape[2],
    latent,
    width: settings.width,
    stages,
    kernelSize,
    numClasses,
  };
  return adversarialGame({
    G: dcganGenerator(config),
    D: dcganDiscriminator(config),
    loss: settings.loss,
    latent: { size: latent, distribution: settings.latentDistribution },
    numClasses,
    optimizers: { G: adam({ beta1, beta2 }), D: adam({ beta1, beta2 }) },
    learningRates: { G: settings.learningRateG, D: settings.learningRateD },
    learningRateHalfLifeKimg: settings.learningRateHalfLifeKimg,
    discriminatorSteps: 1,
    average: { halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp },
  });
}
