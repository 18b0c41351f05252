/** BigGAN-deep's generator: all of z, beside the class embedding, in every batch norm. */
import { batchNorm, conv2d, dense, ones, selfAttention, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { classCode } from '../biggan/class-code.ts';
import { bigGanKernels } from '../biggan/config.ts';
import { deepGeneratorLayout, type BigGanDeepConfig } from './config.ts';
import { deepGeneratorBlock } from './generator-block.ts';

/**
 * z: `[batch, latent]`; classes: int32 `[batch]`, or shares `[batch, numClasses]` -> images
 * `[batch, resolution, resolution, channels]` in [-1, 1].
 */
export function bigGanDeepGenerator(config: BigGanDeepConfig): Network {
  const { channels, latent, embedding, numClasses, attention, epsilon } = config;
  const { first, stages } = deepGeneratorLayout(config);
  const kernels = bigGanKernels(config);
  return {
    inputs: [
      { shape: [latent], dtype: 'float32' },
      { shape: [], dtype: 'int32' },
    ],
    forward: (scope, z, classes) => {
      const code = scope.in('embedding', (s) => classCode(s, classes!, numClasses, embedding));
      const condition = tf.concat([z!, code], 1);
      let h = scope.in('seed', (s) => dense(s, condition, 4 * 4 * first, kernels));
      h = tf.reshape(h, [z!.shape[0]!, 4, 4, first]);
      for (const [index, filters] of stages.entries()) {
        const block = (name: string, out: number, double: boolean): tf.Tensor =>
          scope.in(name, (s) => deepGeneratorBlock(s, h, condition, out, { epsilon, kernels, double }));
        h = block(`stage${index + 1}a`, h.shape[3]!, false);
        h = block(`stage${index + 1}b`, filters, true);
        if (attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, kernels));
      }
      h = scope.in('norm', (s) => tf.relu(batchNorm(s, h, { epsilon, gainInitializer: ones })));
      const filters = Math.max(config.imageFilters, channels);
      const image = scope.in('image', (s) => conv2d(s, h, filters, { ...kernels, kernelSize: 3 }));
      return tf.tanh(filters === channels ? image : tf.slice(image, [0, 0, 0, 0], [-1, -1, -1, channels]));
    },
  };
}
