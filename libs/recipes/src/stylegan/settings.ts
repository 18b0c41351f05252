/** The settings of StyleGAN recipes, with the values of Karras et al. (2019) and its release for FFHQ as defaults. */
import { z } from 'zod';
import { proGanSettings } from '../progan/settings.ts';

/** Growing is as in Karras et al. (2018). */
const { startResolution, latent, featureBase, featureMax, stddevGroup, holdKimg, fadeKimg } =
  proGanSettings.shape;
const { learningRate, beta2, emaKimg, emaRamp } = proGanSettings.shape;

export const styleGanSettings = z.strictObject({
  startResolution: startResolution.removeDefault().default(8).describe('side at which training begins'),
  latent,
  features: z.int().min(1).max(4096).default(512).describe('length of w'),
  mappingLayers: z.int().min(1).max(32).default(8).describe('layers between z and w'),
  mappingRate: z
    .number()
    .positive()
    .max(1)
    .default(0.01)
    .describe('share of the learning rate at which they learn'),
  featureBase,
  featureMax,
  conditional: z
    .boolean()
    .default(false)
    .describe('learn the classes of the data: a vector of the class beside z'),
  mixing: z.number().min(0).max(1).default(0.9).describe('share of samples whose styles come from two z'),
  stddevGroup,
  holdKimg,
  fadeKimg,
  learningRate,
  beta2,
  r1Gamma: z.number().min(0).default(10).describe('weight of the penalty on the slope of D at real images'),
  emaKimg,
  emaRamp,
});
