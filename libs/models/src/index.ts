/** Network architectures, one folder each; single-device code only. */
export { dcganDiscriminator, dcganGenerator, type DcganConfig } from './dcgan/index.ts';
export { mlpDiscriminator, mlpGenerator, type MlpGanConfig } from './mlp-gan/index.ts';
