/** DCGAN: the convolutional GAN of Radford, Metz and Chintala (2016). */
export type { DcganConfig } from './config.ts';
export { dcganDiscriminator } from './discriminator.ts';
export { dcganGenerator } from './generator.ts';
