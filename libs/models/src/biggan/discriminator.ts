/** BigGAN's discriminator: residual blocks, sum pooling and the projection of Miyato and Koyama (2018). */
import { selfAttention, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { bigGanKernels, discriminatorLayout, type BigGanConfig } from './config.ts';
import { discriminatorBlock } from '../residual/discriminator-block.ts';
import { projectionHead } from '../residual/projection-head.ts';

/** images: `[batch, resolution, resolution, channels]`; labels: int32 `[batch]` -> logits `[batch, 1]`. */
export function bigGanDiscriminator(config: BigGanConfig): Network {
  const { resolution, channels, numClasses, attention } = config;
  const { blocks, halvings } = discriminatorLayout(config);
  const kernels = bigGanKernels(config);
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      { shape: [], dtype: 'int32' },
    ],
    forward: (scope, images, labels) => {
      let h = images!;
      for (const [index, filters] of blocks.entries()) {
        const options = { kernels, halve: index < halvings, preactivation: index > 0 };
        h = scope.in(`block${index + 1}`, (s) => discriminatorBlock(s, h, filters, options));
        if (options.halve && attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, kernels));
      }
      return scope.in('head', (s) =>
        projectionHead(s, tf.sum(tf.relu(h), [1, 2]), labels!, numClasses, kernels),
      );
    },
  };
}
