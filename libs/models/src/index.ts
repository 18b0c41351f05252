/** Network architectures, one folder each; single-device code only. */
export {
  digitsClassifier,
  digitsClassifierFeatures,
  type DigitsClassifierOptions,
} from './digits-classifier/index.ts';
export {
  inceptionV3,
  inceptionV3Features,
  inceptionV3Side,
  inceptionV3Variants,
  type InceptionV3Config,
  type InceptionV3Variant,
} from './inception-v3/index.ts';
export { dcganDiscriminator, dcganGenerator, type DcganConfig } from './dcgan/index.ts';
export { mlpDiscriminator, mlpGenerator, type MlpGanConfig } from './mlp-gan/index.ts';
export {
  bigGanDefaults,
  bigGanDiscriminator,
  bigGanGenerator,
  bigGanResolutions,
  latentSize,
  type BigGanConfig,
} from './biggan/index.ts';
export {
  bigGanDeepDefaults,
  bigGanDeepDiscriminator,
  bigGanDeepGenerator,
  bigGanDeepOnHub,
  type BigGanDeepConfig,
} from './biggan-deep/index.ts';
export {
  growthOf,
  imagesAtStage,
  proGanDefaults,
  proGanDiscriminator,
  proGanGenerator,
  type Growth,
  type ProGanConfig,
} from './progan/index.ts';
export {
  mappingDefaults,
  mappingNetwork,
  mixStyles,
  replaceStyles,
  styleForLayers,
  styleGanDefaults,
  styleGanDiscriminator,
  styleGanSynthesis,
  styleLayers,
  styleNoiseShapes,
  truncateStyles,
  type MappingConfig,
  type StyleGanConfig,
} from './stylegan/index.ts';
export {
  noiseShapes,
  numStyles,
  styleGan2Defaults,
  styleGan2Discriminator,
  styleGan2Synthesis,
  type StyleGan2Config,
} from './stylegan2/index.ts';
export { snGanDefaults, snGanDiscriminator, snGanGenerator, type SnGanConfig } from './sngan/index.ts';
export { saGanDefaults, saGanDiscriminator, saGanGenerator, type SaGanConfig } from './sagan/index.ts';
export { wganGpCritic, wganGpDefaults, wganGpGenerator, type WganGpConfig } from './wgan-gp-resnet/index.ts';
