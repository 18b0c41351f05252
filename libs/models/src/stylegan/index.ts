/** StyleGAN (Karras, Laine, Aila, 2019); its mapping network and handling of w are StyleGAN2's too. */
export { styleGanDefaults, styleLayers, styleNoiseShapes, type StyleGanConfig } from './config.ts';
export { styleGanDiscriminator } from './discriminator.ts';
export { classCode, mappingDefaults, mappingLayers, mappingNetwork, type MappingConfig } from './mapping.ts';
export { styleGanSynthesis } from './synthesis.ts';
export { mixStyles, replaceStyles, styleForLayers, truncateStyles } from './styles.ts';
