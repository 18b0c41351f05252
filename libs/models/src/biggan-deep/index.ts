/** BigGAN-deep (Brock, Donahue and Simonyan, 2019). */
export { bigGanDeepDefaults, bigGanDeepOnHub, type BigGanDeepConfig } from './config.ts';
export { bigGanDeepDiscriminator } from './discriminator.ts';
export { bigGanDeepGenerator } from './generator.ts';
