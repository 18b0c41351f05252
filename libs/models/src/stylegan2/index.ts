/** StyleGAN2 (Karras, Laine, Aittala, Hellsten, Lehtinen, Aila, 2020); its mapping network is in `stylegan`. */
export { numStyles, styleGan2Defaults, type StyleGan2Config } from './config.ts';
export { styleGan2Discriminator } from './discriminator.ts';
export { noiseShapes, styleGan2Synthesis } from './synthesis.ts';
