/** What StyleGAN (Karras, Laine, Aila, 2019) and StyleGAN2 share: the mapping network and the handling of w. */
export { classCode, mappingDefaults, mappingLayers, mappingNetwork, type MappingConfig } from './mapping.ts';
export { mixStyles, styleForLayers, truncateStyles } from './styles.ts';
