/** The settings that the residual GANs before BigGAN share, with SNGAN's values as defaults. */
import { adversarialLossNames } from '@kiln/losses';
import { z } from 'zod';

export const residualSettings = z.strictObject({
  width: z.int().min(1).max(512).default(64).describe('filters are multiples of it'),
  latent: z.int().min(1).max(4096).default(128).describe('length of z, drawn from N(0, 1)'),
  loss: z.enum(adversarialLossNames).default('hinge').describe('objective'),
  discriminatorSteps: z.int().min(1).max(16).default(5).describe('updates of D before each of G'),
  generatorBatchFactor: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe('images that an update of G draws for each of the batch, which is of real images for D'),
  learningRateG: z.number().positive().default(2e-4).describe('Adam learning rate of G'),
  learningRateD: z.number().positive().default(2e-4).describe('Adam learning rate of D'),
  beta1: z.number().min(0).max(0.999).default(0).describe('first-moment decay of both Adams'),
  beta2: z.number().min(0).max(0.99999).default(0.9).describe('second-moment decay of both Adams'),
  adamEpsilon: z.number().positive().default(1e-8).describe('floor of the second moment in both Adams'),
  decayFromKimg: z
    .number()
    .min(0)
    .default(0)
    .describe('thousands of images after which the learning rates begin to fall'),
  decayToKimg: z
    .number()
    .min(0)
    .default(0)
    .describe('thousands of images at which they have fallen to 0, in a straight line; 0: never'),
  emaKimg: z
    .number()
    .min(0)
    .default(0)
    .describe('half-life of the averaged G in thousands of images; 0: samples are those of G itself'),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});

export const conditionalSettings = residualSettings.extend({
  conditional: z
    .boolean()
    .default(false)
    .describe('G draws a class that is asked for, and D projects on the class'),
});

export const saGanSettings = residualSettings.extend({
  widthD: z.int().min(0).max(512).default(0).describe('width of D, where it is to differ; 0: as width'),
  attention: z.int().min(0).max(128).default(32).describe('side at which G and D attend; 0: nowhere'),
});

export const wganGpSettings = residualSettings.extend({
  penaltyWeight: z.number().min(0).default(10).describe('weight of the gradient penalty'),
});
