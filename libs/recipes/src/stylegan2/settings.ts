/** The settings of StyleGAN2's recipes, with the values of Karras et al. (2020), configuration F for FFHQ, as defaults. */
import { z } from 'zod';
import { augmentationNames } from '../adaptive-augmentation.ts';

export const styleGan2Settings = z.strictObject({
  conditional: z.boolean().default(false).describe('give G and D the class of an image'),
  latent: z.int().min(1).max(4096).default(512).describe('length of z, drawn from N(0, 1)'),
  features: z.int().min(1).max(4096).default(512).describe('length of w'),
  mappingLayers: z.int().min(1).max(16).default(8).describe('layers between z and w'),
  featureBase: z
    .int()
    .min(4)
    .max(131_072)
    .default(16_384)
    .describe('a layer at side s has 2 * featureBase / s features'),
  featureMax: z.int().min(1).max(4096).default(512).describe('largest number of features of a layer'),
  stddevGroup: z.int().min(2).max(64).default(4).describe('samples that D compares with each other'),
  learningRate: z
    .number()
    .positive()
    .default(2e-3)
    .describe('Adam learning rate of both, before lazy scaling'),
  beta2: z.number().min(0).max(0.99999).default(0.99).describe('second-moment decay of both Adams'),
  adamEpsilon: z.number().positive().default(1e-8).describe('floor of the second moment in both Adams'),
  mixing: z.number().min(0).max(1).default(0.9).describe('share of samples with the w of two z'),
  r1Gamma: z
    .number()
    .min(0)
    .default(10)
    .describe('weight of R1, the penalty on the slope of D at real images; 0: none'),
  r1Every: z.int().min(1).max(1024).default(16).describe('steps from one R1 penalty to the next'),
  pathWeight: z.number().min(0).default(2).describe('weight of path length regularisation; 0: none'),
  pathEvery: z.int().min(1).max(1024).default(4).describe('steps from one path length penalty to the next'),
  pathDecay: z.number().min(0).max(1).default(0.01).describe('share of a batch in the mean path length'),
  augment: z
    .enum(augmentationNames)
    .default('none')
    .describe('adaptive augmentation: b whole pixels, g scale and turn, c colours'),
  augmentTarget: z
    .number()
    .min(-1)
    .max(1)
    .default(0.6)
    .describe('mean sign of D of real images that augmentation aims at'),
  augmentKimg: z.number().positive().default(500).describe('thousands of images for p to move by 1'),
  augmentStart: z.number().min(0).max(1).default(0).describe('chance p of each augmentation at the start'),
  emaKimg: z.number().min(0).default(10).describe('half-life of the averaged G, in thousands of images'),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});
