/** SNGAN's generator: residual blocks with batch norm, which knows the class where there are classes. */
import type { Network } from '@kiln/nn';
import { generatorWidths, layoutFor, residualGenerator } from '../residual/index.ts';
import { blockKernels, otherKernels, type SnGanConfig } from './config.ts';

/** z: `[batch, latent]`; labels, with classes: int32 `[batch]` -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export const snGanGenerator = (config: SnGanConfig): Network =>
  residualGenerator({
    ...config,
    filters: layoutFor('SNGAN', generatorWidths, config.resolution).map((times) => times * config.width),
    attention: [],
    kernels: blockKernels,
    others: otherKernels,
  });
