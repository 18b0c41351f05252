/** Weight files of other programs, as float32 arrays by name. */
export type { WeightArray, Weights } from './weights.ts';
export { WeightError, type WeightErrorCode } from './weight-error.ts';
export { checkpointOptions, readWeights, weightSets } from './read-weights.ts';
export { readSafetensors, writeSafetensors } from './safetensors.ts';
export {
  exportWeights,
  importWeights,
  type Convention,
  type Counterpart,
  type Shapes,
} from './convention.ts';
export { together } from './together.ts';
export { kilnNames } from './conventions/kiln.ts';
export { bigGanPyTorch, type BigGanPyTorchOptions } from './conventions/biggan-pytorch.ts';
export { pretrainedBigGan, type PretrainedBigGanOptions } from './conventions/pretrained-biggan.ts';
export { inceptionPyTorch } from './conventions/inception-pytorch.ts';
export { inceptionKeras, numberedFromZero } from './conventions/inception-keras.ts';
export {
  ganZooStddevGroup,
  pytorchGanZoo,
  type PyTorchGanZooOptions,
} from './conventions/pytorch-gan-zoo.ts';
export { ganZooApproximations, ganZooMismatch } from './conventions/pytorch-gan-zoo-config.ts';
export { styleBasedGanPyTorch } from './conventions/style-based-gan-pytorch.ts';
export { styleGan2PyTorch } from './conventions/stylegan2-pytorch.ts';
