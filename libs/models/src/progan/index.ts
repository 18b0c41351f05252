/** Progressive growing: the GAN of Karras, Aila, Laine and Lehtinen (2018). */
export { growthOf, proGanDefaults, type Growth, type ProGanConfig } from './config.ts';
export { proGanDiscriminator } from './discriminator.ts';
export { imagesAtStage } from './fade.ts';
export { proGanGenerator } from './generator.ts';
