/** BigGAN-deep's discriminator: a convolution, two blocks for each side, sum pooling and a projection. */
import { conv2d, selfAttention, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { bigGanKernels } from '../biggan/config.ts';
import { projectionHead } from '../residual/projection-head.ts';
import { deepDiscriminatorLayout, type BigGanDeepConfig } from './config.ts';
import { deepDiscriminatorBlock } from './discriminator-block.ts';

/** images: `[batch, resolution, resolution, channels]`; labels: int32 `[batch]` -> logits `[batch, 1]`. */
export function bigGanDeepDiscriminator(config: BigGanDeepConfig): Network {
  const { resolution, channels, numClasses, attention } = config;
  const { first, stages, halvings } = deepDiscriminatorLayout(config);
  const kernels = bigGanKernels(config);
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      { shape: [], dtype: 'int32' },
    ],
    forward: (scope, images, labels) => {
      let h = scope.in('first', (s) => conv2d(s, images!, first, { ...kernels, kernelSize: 3 }));
      for (const [index, filters] of stages.entries()) {
        const halve = index < halvings;
        const block = (name: string, halved: boolean): tf.Tensor =>
          scope.in(name, (s) => deepDiscriminatorBlock(s, h, filters, { kernels, halve: halved }));
        h = block(`stage${index + 1}a`, halve);
        h = block(`stage${index + 1}b`, false);
        if (halve && attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, kernels));
      }
      return scope.in('head', (s) =>
        projectionHead(s, tf.sum(tf.relu(h), [1, 2]), labels!, numClasses, kernels),
      );
    },
  };
}
