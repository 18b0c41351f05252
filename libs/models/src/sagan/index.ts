/** SAGAN (Zhang, Goodfellow, Metaxas and Odena, 2019). */
export { saGanDefaults, type SaGanConfig } from './config.ts';
export { saGanDiscriminator } from './discriminator.ts';
export { saGanGenerator } from './generator.ts';
