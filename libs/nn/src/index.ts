/** Layers, normalisations, initialisers and optimisers over named parameter trees. */
export { apply, initialize, type Network } from './network.ts';
export { variableShapes } from './variable-shapes.ts';
export type { BatchStatistics, ForwardOptions, Named, Scope, Variables } from './scope.ts';
export {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  normal,
  ones,
  scaled,
  uniform,
  zeros,
  type Initializer,
} from './initializers.ts';
export { orthogonal } from './orthogonal.ts';
export type { KernelOptions, Parametrization } from './parametrizations/parametrization.ts';
export { equalized, type EqualizedOptions } from './parametrizations/equalized.ts';
export { spectralNorm, type SpectralNormOptions } from './parametrizations/spectral-norm.ts';
export { dense, type DenseOptions } from './layers/dense.ts';
export { conv2d, conv2dTranspose, type Conv2dOptions } from './layers/conv2d.ts';
export { embedding } from './layers/embedding.ts';
export { equalizedDense, type EqualizedDenseOptions } from './layers/equalized-dense.ts';
export { equalizedConv2d, type EqualizedConv2dOptions } from './layers/equalized-conv2d.ts';
export { modulatedConv2d, type ModulatedConv2dOptions } from './layers/modulated-conv2d.ts';
export { minibatchStddev, type MinibatchStddevOptions } from './layers/minibatch-stddev.ts';
export { noiseInput } from './layers/noise-input.ts';
export { concatMaps, oneHot } from './layers/one-hot.ts';
export { selfAttention } from './layers/self-attention.ts';
export { averagePool, upsampleNearest } from './resampling/nearest.ts';
export {
  binomial3,
  binomial4,
  blur,
  downsampleFiltered,
  upfirdn,
  upsampleFiltered,
  type FilterOptions,
} from './resampling/upfirdn.ts';
export type { ResampledConvolution } from './resampling/resampled-convolution.ts';
export {
  augmentationDraws,
  augmented,
  type AugmentationDraws,
  type Augmentations,
} from './augmentation/augment.ts';
export { adaptiveInstanceNorm } from './normalizations/adaptive-instance-norm.ts';
export { batchNorm, type BatchNormOptions } from './normalizations/batch-norm.ts';
export {
  conditionalBatchNorm,
  type ConditionalBatchNormOptions,
} from './normalizations/conditional-batch-norm.ts';
export { instanceNorm, type InstanceNormOptions } from './normalizations/instance-norm.ts';
export { layerNorm } from './normalizations/layer-norm.ts';
export { pixelNorm } from './normalizations/pixel-norm.ts';
export { standingPass } from './standing-statistics.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { adam, type AdamOptions } from './optimizers/adam.ts';
export { sgd, type SgdOptions } from './optimizers/sgd.ts';
export { averageDecay, updateAverage } from './moving-average.ts';
export { NetworkError, type NetworkErrorCode } from './errors.ts';

// What sibling libs need.
export { hashPath } from './scope.ts';
