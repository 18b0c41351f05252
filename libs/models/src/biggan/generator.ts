/** BigGAN's generator (Brock et al., 2019, appendix B): class embedding and z in every batch norm, attention at 64. */
import {
  batchNorm,
  conditionalBatchNorm,
  conv2d,
  dense,
  ones,
  selfAttention,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { generatorBlock } from '../residual/generator-block.ts';
import { classCode } from './class-code.ts';
import { bigGanKernels, generatorLayout, latentParts, latentSize, type BigGanConfig } from './config.ts';

/**
 * z: `[batch, latentSize(config)]`; classes: int32 `[batch]`, or shares `[batch, numClasses]` -> images
 * `[batch, resolution, resolution, channels]` in [-1, 1].
 */
export function bigGanGenerator(config: BigGanConfig): Network {
  const { channels, embedding, numClasses, attention, epsilon } = config;
  const { first, blocks } = generatorLayout(config);
  const kernels = bigGanKernels(config);
  return {
    inputs: [
      { shape: [latentSize(config)], dtype: 'float32' },
      { shape: [], dtype: 'int32' },
    ],
    forward: (scope, z, classes) => {
      const code = scope.in('embedding', (s) => classCode(s, classes!, numClasses, embedding));
      const [seed, ...parts] = tf.split(z!, latentParts(config), 1);
      let h = scope.in('seed', (s) => dense(s, seed!, 4 * 4 * first, kernels));
      h = tf.reshape(h, [z!.shape[0]!, 4, 4, first]);
      for (const [index, filters] of blocks.entries()) {
        const condition = config.hierarchical ? tf.concat([code, parts[index]!], 1) : code;
        const norm = (s: Scope, maps: tf.Tensor): tf.Tensor =>
          conditionalBatchNorm(s, maps, condition, { ...kernels, epsilon });
        h = scope.in(`block${index + 1}`, (s) => generatorBlock(s, h, filters, { norm, kernels }));
        if (attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, kernels));
      }
      h = scope.in('norm', (s) => tf.relu(batchNorm(s, h, { epsilon, gainInitializer: ones })));
      return tf.tanh(scope.in('image', (s) => conv2d(s, h, channels, { ...kernels, kernelSize: 3 })));
    },
  };
}
