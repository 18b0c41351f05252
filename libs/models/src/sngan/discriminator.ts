/** SNGAN's discriminator: spectrally normalised residual blocks, sum pooling, and a projection where there are classes. */
import { spectralNorm, type Network } from '@kiln/nn';
import { discriminatorWidths, layoutFor, residualDiscriminator } from '../residual/index.ts';
import { blockKernels, otherKernels, type SnGanConfig } from './config.ts';

/** images: `[batch, resolution, resolution, channels]`; labels, with classes: int32 `[batch]` -> logits `[batch, 1]`. */
export function snGanDiscriminator(config: SnGanConfig): Network {
  const { widths, halvings } = layoutFor('SNGAN', discriminatorWidths, config.resolution);
  const parametrization = spectralNorm();
  return residualDiscriminator({
    ...config,
    filters: widths.map((times) => times * config.width),
    halvings,
    attention: [],
    hidden: 'in',
    pool: 'sum',
    kernels: { ...blockKernels, parametrization },
    others: { ...otherKernels, parametrization },
  });
}
