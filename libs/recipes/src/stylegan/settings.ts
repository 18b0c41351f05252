/** The settings of StyleGAN recipes, with the values of Karras et al. (2019) and its release for FFHQ as defaults. */
import { z } from 'zod';

export const styleGanSettings = z.strictObject({
  startResolution: z.int().min(4).max(1024).default(8).describe('side at which training begins'),
  latent: z.int().min(1).max(4096).default(512).describe('length of z, drawn from N(0, 1) and normalised'),
  features: z.int().min(1).max(4096).default(512).describe('length of w'),
  mappingLayers: z.int().min(1).max(32).default(8).describe('layers between z and w'),
  mappingRate: z
    .number()
    .positive()
    .max(1)
    .default(0.01)
    .describe('share of the learning rate at which they learn'),
  featureBase: z
    .int()
    .min(4)
    .max(65_536)
    .default(8192)
    .describe('a layer at side s has 2 * featureBase / s features'),
  featureMax: z.int().min(1).max(4096).default(512).describe('largest number of features of a layer'),
  conditional: z
    .boolean()
    .default(false)
    .describe('learn the classes of the data: a vector of the class beside z'),
  mixing: z.number().min(0).max(1).default(0.9).describe('share of samples whose styles come from two z'),
  stddevGroup: z.int().min(2).max(64).default(4).describe('samples that D compares with each other'),
  holdKimg: z.number().positive().default(600).describe('thousands of images for which a side is held'),
  fadeKimg: z.number().positive().default(600).describe('thousands of images over which a side is faded in'),
  learningRate: z.number().positive().default(1e-3).describe('Adam learning rate of both'),
  beta2: z.number().min(0).max(0.99999).default(0.99).describe('second-moment decay of both Adams'),
  r1Gamma: z.number().min(0).default(10).describe('weight of the penalty on the slope of D at real images'),
  emaKimg: z
    .number()
    .min(0)
    .default(10)
    .describe('half-life of the averaged generator, in thousands of images'),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});
