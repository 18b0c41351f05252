/** SAGAN's generator: residual blocks with class-conditional batch norm, self-attention, spectral norm. */
import type { Network } from '@kiln/nn';
import { generatorWidths, layoutFor, residualGenerator } from '../residual/index.ts';
import { saGanKernels, type SaGanConfig } from './config.ts';

/** z: `[batch, latent]`; labels: int32 `[batch]` -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export const saGanGenerator = (config: SaGanConfig): Network =>
  residualGenerator({
    ...config,
    filters: layoutFor('SAGAN', generatorWidths, config.resolution).map((times) => times * config.width),
    kernels: saGanKernels(),
    others: saGanKernels(),
  });
