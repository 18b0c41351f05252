/**
 * The first GAN (Goodfellow et al., 2014): fully connected networks, Algorithm 1 with k discriminator steps, momentum
 * SGD.
 *
 *   kiln train digits-gan --set discriminatorSteps=2
 */
import { DIGITS_TRAIN, digitsSpec } from '@kiln/datasets';
import { adversarialLossNames } from '@kiln/losses';
import { mlpDiscriminator, mlpGenerator } from '@kiln/models';
import { sgd } from '@kiln/nn';
import { z } from 'zod';
import { adversarialGame } from '../adversarial-game.ts';
import { squareSide } from '../needed-shape.ts';
import { defineRecipe } from '../recipe.ts';

export const digitsGan = defineRecipe({
  title: 'GAN on handwritten digits',
  summary:
    'The fully connected GAN of 2014 on the 8x8 digits in data/, trained by Algorithm 1 with momentum SGD.',
  source: 'Goodfellow et al. 2014, Algorithm 1',
  settings: z.strictObject({
    latent: z.int().min(1).max(4096).default(64).describe('length of z, uniform in (-1, 1)'),
    width: z.int().min(1).max(8192).default(256).describe('units of each hidden layer'),
    pieces: z.int().min(1).max(16).default(4).describe('linear pieces of each maxout unit of D'),
    discriminatorSteps: z.int().min(1).max(100).default(1).describe('k: D updates before each G update'),
    loss: z.enum(adversarialLossNames).default('non-saturating').describe('adversarial objective'),
    learningRateG: z.number().positive().default(0.05).describe('learning rate of G'),
    learningRateD: z.number().positive().default(0.05).describe('learning rate of D'),
    learningRateHalfLifeKimg: z
      .number()
      .min(0)
      .default(0)
      .describe('thousands of images after which the learning rates have halved; 0: constant'),
    momentum: z.number().min(0).max(0.999).default(0.5).describe('momentum of both'),
    emaKimg: z
      .number()
      .min(0)
      .default(10)
      .describe('half-life of the averaged generator, in thousands of images'),
    emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
  }),
  defaults: { batch: 64, kimg: 1000, workers: 2, checkpointSteps: 4000, tickKimg: 50, sampleTicks: 2 },
  data: (folder) => ({ ...digitsSpec(folder), range: DIGITS_TRAIN }),
  build: (settings, data) => {
    const [resolution, channels] = [squareSide('digits-gan', data), data.imageShape[2]];
    const { latent, pieces, momentum } = settings;
    const config = { resolution, channels, latent, width: settings.width, pieces };
    return adversarialGame({
      G: mlpGenerator(config),
      D: mlpDiscriminator(config),
      loss: settings.loss,
      latent: { size: latent, distribution: 'uniform' },
      numClasses: 0,
      optimizers: { G: sgd({ momentum }), D: sgd({ momentum }) },
      learningRates: { G: settings.learningRateG, D: settings.learningRateD },
      learningRateHalfLifeKimg: settings.learningRateHalfLifeKimg,
      discriminatorSteps: settings.discriminatorSteps,
      average: { halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp },
    });
  },
});
