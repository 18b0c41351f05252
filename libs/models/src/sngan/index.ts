/** SNGAN (Miyato, Kataoka, Koyama and Yoshida, 2018) and its projection discriminator (Miyato and Koyama, 2018). */
export { snGanDefaults, type SnGanConfig } from './config.ts';
export { snGanDiscriminator } from './discriminator.ts';
export { snGanGenerator } from './generator.ts';
