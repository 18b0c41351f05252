/** WGAN-GP's residual critics: mean pooling at 32x32 and below, layer norm and all of the last map at 64x64. */
import { conv2d, dense, layerNorm, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { discriminatorBlock } from '../residual/discriminator-block.ts';
import { layoutFor, residualDiscriminator } from '../residual/index.ts';
import { blockKernels, criticWidths, isLayerNormed, otherKernels, type WganGpConfig } from './config.ts';

/** images: `[batch, resolution, resolution, channels]` -> `[batch, 1]`. */
export function wganGpCritic(config: WganGpConfig): Network {
  const { widths, halvings } = layoutFor("WGAN-GP's residual network", criticWidths, config.resolution);
  const filters = widths.map((times) => times * config.width);
  if (isLayerNormed(config)) return layerNormedCritic(config, filters);
  return residualDiscriminator({
    ...config,
    numClasses: 0,
    filters,
    halvings,
    attention: [],
    hidden: 'in',
    pool: 'mean',
    kernels: blockKernels,
    others: otherKernels,
  });
}

/** No batch norm: the penalty is one of each sample's own gradient. */
const layerNormedCritic = (
  { resolution, channels, width }: WganGpConfig,
  blocks: readonly number[],
): Network => ({
  inputs: [{ shape: [resolution, resolution, channels], dtype: 'float32' }],
  forward: (scope, images) => {
    let h = scope.in('first', (s) => conv2d(s, images!, width, { ...otherKernels, kernelSize: 3 }));
    for (const [index, filters] of blocks.entries()) {
      const options = {
        kernels: blockKernels,
        shortcut: otherKernels,
        halve: true,
        preactivation: true,
        hidden: h.shape[3]!,
        norm: layerNorm,
      };
      h = scope.in(`block${index + 1}`, (s) => discriminatorBlock(s, h, filters, options));
    }
    const flat = tf.reshape(h, [h.shape[0]!, -1]);
    return scope.in('linear', (s) => dense(s, flat, 1, otherKernels));
  },
});
