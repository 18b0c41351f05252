/** The settings of progressively grown recipes, with the values of Karras et al. (2018), appendix A.1, as defaults. */
import { z } from 'zod';

export const proGanSettings = z.strictObject({
  startResolution: z.int().min(4).max(1024).default(4).describe('side at which training begins'),
  latent: z.int().min(1).max(4096).default(512).describe('length of z, drawn from N(0, 1) and normalised'),
  featureBase: z
    .int()
    .min(4)
    .max(65_536)
    .default(8192)
    .describe('a layer at side s has 2 * featureBase / s features'),
  featureMax: z.int().min(1).max(4096).default(512).describe('largest number of features of a layer'),
  stddevGroup: z.int().min(2).max(64).default(4).describe('samples that D compares with each other'),
  holdKimg: z.number().positive().default(600).describe('thousands of images for which a side is held'),
  fadeKimg: z.number().positive().default(600).describe('thousands of images over which a side is faded in'),
  learningRate: z.number().positive().default(1e-3).describe('Adam learning rate of both'),
  beta2: z.number().min(0).max(0.99999).default(0.99).describe('second-moment decay of both Adams'),
  penaltyWeight: z.number().min(0).default(10).describe('weight of the gradient penalty'),
  driftWeight: z.number().min(0).default(1e-3).describe('weight of the penalty on large logits'),
  emaKimg: z
    .number()
    .min(0)
    .default(10)
    .describe('half-life of the averaged generator, in thousands of images'),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});
