/** The settings of the BigGAN recipes, with the values of Brock et al. (2019), appendix C, as defaults. */
import { z } from 'zod';

export const bigGanSettings = z.strictObject({
  model: z.enum(['biggan', 'biggan-deep']).default('biggan').describe('family of the networks'),
  width: z.int().min(1).max(512).default(96).describe('filters are multiples of it: ch of the paper'),
  latent: z.int().min(2).max(4096).default(120).describe('length of z'),
  embedding: z.int().min(1).max(4096).default(128).describe('length of the class embedding shared by G'),
  hierarchical: z
    .boolean()
    .default(true)
    .describe('biggan: give each block of G a part of z; biggan-deep gives each all of it'),
  attention: z.int().min(0).max(512).default(64).describe('side at which G and D attend; 0: nowhere'),
  hub: z
    .boolean()
    .default(false)
    .describe('biggan-deep: in the details of the models on TF Hub, to take their weights'),
  loss: z
    .enum(['hinge', 'non-saturating', 'wasserstein', 'least-squares'])
    .default('hinge')
    .describe('objective'),
  discriminatorSteps: z.int().min(1).max(16).default(2).describe('updates of D before each of G'),
  learningRateG: z.number().positive().default(5e-5).describe('Adam learning rate of G'),
  learningRateD: z.number().positive().default(2e-4).describe('Adam learning rate of D'),
  beta1: z.number().min(0).max(0.999).default(0).describe('first-moment decay of both Adams'),
  beta2: z.number().min(0).max(0.99999).default(0.999).describe('second-moment decay of both Adams'),
  adamEpsilon: z.number().positive().default(1e-6).describe('floor of the second moment in both Adams'),
  orthogonal: z
    .number()
    .min(0)
    .default(0)
    .describe("weight of G's off-diagonal orthogonal regularisation; the paper's is 1e-4"),
  emaKimg: z
    .number()
    .min(0)
    .default(28_400)
    .describe(
      'half-life of the averaged G in thousands of images; 28,400 is 0.9999 for each step of the paper',
    ),
  emaRamp: z.number().min(0).max(1).default(0.05).describe('early half-life as a share of the images seen'),
});
