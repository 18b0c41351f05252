/** Network architectures, one folder each; single-device code only. */
export {
  digitsClassifier,
  digitsClassifierFeatures,
  type DigitsClassifierOptions,
} from './digits-classifier/index.ts';
export { dcganDiscriminator, dcganGenerator, type DcganConfig } from './dcgan/index.ts';
export { mlpDiscriminator, mlpGenerator, type MlpGanConfig } from './mlp-gan/index.ts';
