/** Fully connected maxout discriminator (Goodfellow et al., 2014, section 5). */
import { dense, glorotUniform, type Network, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { MlpGanConfig } from './config.ts';

/** images: `[batch, resolution, resolution, channels]` -> logits `[batch, 1]`. */
export function mlpDiscriminator({ resolution, channels, width, pieces }: MlpGanConfig): Network {
  return {
    inputs: [{ shape: [resolution, resolution, channels], dtype: 'float32' }],
    forward: (scope, images) => {
      let h = tf.reshape(images!, [images!.shape[0]!, resolution * resolution * channels]);
      for (const name of ['hidden1', 'hidden2']) h = scope.in(name, (s) => maxout(s, h, width, pieces));
      return scope.in('logit', (s) => dense(s, h, 1, { kernelInitializer: glorotUniform }));
    },
  };
}

/** Goodfellow et al., "Maxout networks" (2013): each unit is the largest of `pieces` linear functions. */
function maxout(scope: Scope, x: tf.Tensor, units: number, pieces: number): tf.Tensor {
  const y = dense(scope, x, units * pieces, { kernelInitializer: glorotUniform });
  return tf.max(tf.reshape(y, [y.shape[0]!, units, pieces]), 2);
}
