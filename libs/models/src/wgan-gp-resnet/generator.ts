/** WGAN-GP's residual generator. */
import type { Network } from '@kiln/nn';
import { layoutFor, residualGenerator } from '../residual/index.ts';
import { blockKernels, generatorWidths, isLayerNormed, otherKernels, type WganGpConfig } from './config.ts';

/** z: `[batch, latent]` -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export const wganGpGenerator = (config: WganGpConfig): Network =>
  residualGenerator({
    ...config,
    numClasses: 0,
    filters: layoutFor("WGAN-GP's residual network", generatorWidths, config.resolution).map(
      (times) => times * config.width,
    ),
    attention: [],
    kernels: blockKernels,
    others: otherKernels,
    bias: !isLayerNormed(config),
  });
