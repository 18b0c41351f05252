/** How good samples are: distances between features of real and generated images. */
export { frechetDistance } from './frechet-distance.ts';
export { kernelDistance, type KernelDistance, type KernelDistanceOptions } from './kernel-distance.ts';
export { MomentsGatherer, type Moments } from './moments.ts';
export {
  chunkSize,
  sharedFeatures,
  type FeatureSet,
  type OnProgress,
  type SharedFeaturesOptions,
} from './shared-features.ts';
export { digitsExtractor } from './extractors/digits-classifier.ts';
export { checkInceptionWeights, inceptionExtractor, toInception } from './extractors/inception-v3.ts';
export type { Extraction, FeatureExtractor } from './extractors/extractor.ts';
