/** The settings of the DCGAN recipes, with the values of Radford et al. (2016), section 4, as defaults. */
import { adversarialLossNames } from '@kiln/losses';
import { z } from 'zod';

export const dcganSettings = z.strictObject({
  latent: z.int().min(1).max(4096).default(64).describe('length of z'),
  latentDistribution: z
    .enum(['uniform', 'normal', 'bernoulli'])
    .default('uniform')
    .describe('of z: U(-1, 1), N(0, 1), or -1 and 1 with equal chance'),
  width: z
    .int()
    .min(1)
    .max(1024)
    .default(32)
    .describe('filters next to the image; doubles with each halving'),
  stages: z.int().min(1).max(8).default(2).describe('stride-2 layers between the image and the smallest map'),
  kernelSize: z.int().min(2).max(9).default(4).describe('side of the convolution kernels'),
  loss: z.enum(adversarialLossNames).default('non-saturating').describe('adversarial objective'),
  learningRateG: z.number().positive().default(2e-4).describe('Adam learning rate of G'),
  learningRateD: z.number().positive().default(2e-4).describe('Adam learning rate of D'),
  learningRateHalfLifeKimg: z
    .number()
    .min(0)
    .default(0)
    .describe('thousands of images after which the learning rates have halved; 0: constant'),
  beta1: z.number().min(0).max(0.999).default(0.5).describe('first-moment decay of both Adams'),
  beta2: z.number().min(0).max(0.99999).default(0.999).describe('second-moment decay of both Adams'),
  emaKimg: z
    .number()
    .min(0)
    .default(10)
    .describe('half-life of the averaged generator, in thousands of images'),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});

/**
 * What the digits need besides. Ten classes are islands: a continuous z covers the water between them too, and about
 * one sample in seven is no digit. With z on the corners of a cube (Brock et al., 2019, appendix E) one in twenty is
 * none, as with real digits of other writers. docs/proofs.md has the numbers.
 */
export const digitsSettings = dcganSettings.extend({
  latent: dcganSettings.shape.latent.default(16),
  latentDistribution: dcganSettings.shape.latentDistribution.default('bernoulli'),
  learningRateG: dcganSettings.shape.learningRateG.default(5e-4),
  learningRateD: dcganSettings.shape.learningRateD.default(5e-4),
  emaKimg: dcganSettings.shape.emaKimg.default(50),
});
