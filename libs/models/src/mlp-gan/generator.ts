/** Fully connected generator (Goodfellow et al., 2014, section 5): two rectifier layers, then the image. */
import { dense, glorotUniform, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { MlpGanConfig } from './config.ts';

/** z: `[batch, latent]` -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export function mlpGenerator({ resolution, channels, latent, width }: MlpGanConfig): Network {
  return {
    inputs: [{ shape: [latent], dtype: 'float32' }],
    forward: (scope, z) => {
      let h = z!;
      for (const name of ['hidden1', 'hidden2'])
        h = scope.in(name, (s) => tf.relu(dense(s, h, width, { kernelInitializer: glorotUniform })));
      const flat = scope.in('image', (s) =>
        tf.tanh(dense(s, h, resolution * resolution * channels, { kernelInitializer: glorotUniform })),
      );
      return tf.reshape(flat, [flat.shape[0]!, resolution, resolution, channels]);
    },
  };
}
