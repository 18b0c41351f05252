/** A discriminator of residual blocks and pooled features, as SNGAN, SAGAN and WGAN-GP have it; with classes, it projects. */
import { dense, selfAttention, type KernelOptions, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { discriminatorBlock } from './discriminator-block.ts';
import { projectionHead } from './projection-head.ts';

export interface ResidualDiscriminator {
  readonly resolution: number;
  readonly channels: number;
  /** 0: the image is the only input. */
  readonly numClasses: number;
  /** Filters after each block. */
  readonly filters: readonly number[];
  /** How many of the first blocks halve the side. */
  readonly halvings: number;
  /** Sides at which a self-attention follows the block. */
  readonly attention: readonly number[];
  /** Filters between the two convolutions of a block: as many as come in (but the first block's), or as go out. */
  readonly hidden: 'in' | 'out';
  readonly pool: 'sum' | 'mean';
  /** Of the 3x3 kernels in blocks. */
  readonly kernels: KernelOptions;
  /** Of all other kernels. */
  readonly others: KernelOptions;
}

/** images: `[batch, resolution, resolution, channels]`; labels, with classes: int32 `[batch]` -> logits `[batch, 1]`. */
export function residualDiscriminator(config: ResidualDiscriminator): Network {
  const { resolution, channels, numClasses, halvings, attention, kernels, others } = config;
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, images, labels) => {
      let h = images!;
      for (const [index, filters] of config.filters.entries()) {
        const halve = index < halvings;
        const hidden = config.hidden === 'out' || index === 0 ? filters : h.shape[3]!;
        h = scope.in(`block${index + 1}`, (s) =>
          discriminatorBlock(s, h, filters, {
            kernels,
            shortcut: others,
            halve,
            hidden,
            preactivation: index > 0,
          }),
        );
        if (halve && attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, others));
      }
      h = (config.pool === 'sum' ? tf.sum : tf.mean)(tf.relu(h), [1, 2]);
      return scope.in('head', (s) =>
        numClasses > 0
          ? projectionHead(s, h, labels!, numClasses, others)
          : s.in('linear', (linear) => dense(linear, h, 1, others)),
      );
    },
  };
}
