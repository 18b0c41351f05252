/** Weight files of other programs, as float32 arrays by name. */
export type { WeightArray, Weights } from './weights.ts';
export { WeightError, type WeightErrorCode } from './weight-error.ts';
export { readSafetensors, writeSafetensors } from './safetensors.ts';
