/** The fully connected GAN of Goodfellow et al. (2014). */
export type { MlpGanConfig } from './config.ts';
export { mlpDiscriminator } from './discriminator.ts';
export { mlpGenerator } from './generator.ts';
