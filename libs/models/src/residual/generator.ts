/** A generator of upsampling residual blocks, as SNGAN, SAGAN and WGAN-GP have it; its batch norms may know the class. */
import {
  batchNorm,
  conditionalBatchNorm,
  conv2d,
  dense,
  oneHot,
  ones,
  selfAttention,
  zeros,
  type KernelOptions,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { generatorBlock } from './generator-block.ts';

export interface ResidualGenerator {
  readonly resolution: number;
  readonly channels: number;
  /** Length of z. */
  readonly latent: number;
  /** 0: z is the only input. */
  readonly numClasses: number;
  /** Filters of the first map, 4x4, and after each block. */
  readonly filters: readonly number[];
  /** Sides at which a self-attention follows the block. */
  readonly attention: readonly number[];
  /** Of the 3x3 kernels in blocks. */
  readonly kernels: KernelOptions;
  /** Of all other kernels. */
  readonly others: KernelOptions;
  /** Of the first convolution of each block. Default true. */
  readonly bias?: boolean;
}

/** z: `[batch, latent]`; labels, with classes: int32 `[batch]` -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export function residualGenerator(config: ResidualGenerator): Network {
  const { channels, latent, numClasses, attention, kernels, others, bias } = config;
  const [first, ...blocks] = config.filters as [number, ...number[]];
  const plain = (scope: Scope, maps: tf.Tensor): tf.Tensor =>
    batchNorm(scope, maps, { gainInitializer: ones });
  return {
    inputs: [
      { shape: [latent], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, z, labels) => {
      const classes = numClasses > 0 ? oneHot(labels!, numClasses) : undefined;
      // A gain and an offset for each class: a linear map of its vector, and 1 and 0 at the start (Dumoulin et al., 2017).
      const norm = (s: Scope, maps: tf.Tensor): tf.Tensor =>
        classes === undefined
          ? plain(s, maps)
          : conditionalBatchNorm(s, maps, classes, { kernelInitializer: zeros });
      let h = scope.in('seed', (s) => dense(s, z!, 4 * 4 * first, others));
      h = tf.reshape(h, [z!.shape[0]!, 4, 4, first]);
      for (const [index, filters] of blocks.entries()) {
        h = scope.in(`block${index + 1}`, (s) =>
          generatorBlock(s, h, filters, {
            norm,
            kernels,
            shortcut: others,
            ...(bias === undefined ? {} : { bias }),
          }),
        );
        if (attention.includes(h.shape[1]!))
          h = scope.in(`attention${h.shape[1]}`, (s) => selfAttention(s, h, others));
      }
      h = scope.in('norm', (s) => tf.relu(plain(s, h)));
      return tf.tanh(scope.in('image', (s) => conv2d(s, h, channels, { ...others, kernelSize: 3 })));
    },
  };
}
