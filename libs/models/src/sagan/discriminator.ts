/** SAGAN's discriminator: residual blocks, self-attention, sum pooling and a projection, spectrally normalised. */
import type { Network } from '@kiln/nn';
import { discriminatorWidths, layoutFor, residualDiscriminator } from '../residual/index.ts';
import { saGanKernels, type SaGanConfig } from './config.ts';

/** images: `[batch, resolution, resolution, channels]`; labels: int32 `[batch]` -> logits `[batch, 1]`. */
export function saGanDiscriminator(config: SaGanConfig): Network {
  const { widths, halvings } = layoutFor('SAGAN', discriminatorWidths, config.resolution);
  return residualDiscriminator({
    ...config,
    filters: widths.map((times) => times * config.width),
    halvings,
    hidden: 'out',
    pool: 'sum',
    kernels: saGanKernels(),
    others: saGanKernels(),
  });
}
