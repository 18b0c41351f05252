/** BigGAN (Brock, Donahue and Simonyan, 2019). */
export { bigGanDefaults, bigGanResolutions, latentSize, type BigGanConfig } from './config.ts';
export { bigGanDiscriminator } from './discriminator.ts';
export { bigGanGenerator } from './generator.ts';
