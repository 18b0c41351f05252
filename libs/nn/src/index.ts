/** Layers, normalisations, initialisers and optimisers over named parameter trees. */
export { apply, initialize, type Network } from './network.ts';
export type { BatchStatistics, ForwardOptions, Named, Scope, Variables } from './scope.ts';
export { constant, glorotUniform, normal, ones, uniform, zeros, type Initializer } from './initializers.ts';
export { dense, type DenseOptions } from './layers/dense.ts';
export { conv2d, conv2dTranspose, type Conv2dOptions } from './layers/conv2d.ts';
export { concatMaps, oneHot } from './layers/one-hot.ts';
export { batchNorm, type BatchNormOptions } from './normalizations/batch-norm.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { adam, type AdamOptions } from './optimizers/adam.ts';
export { sgd, type SgdOptions } from './optimizers/sgd.ts';
export { averageDecay, updateAverage } from './moving-average.ts';
export { NetworkError, type NetworkErrorCode } from './errors.ts';

// What sibling libs need.
export { hashPath } from './scope.ts';
