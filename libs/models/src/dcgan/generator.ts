/**
 * DCGAN generator (Radford et al., 2016): transposed convolutions, batch norm everywhere but at the output, ReLU,
 * tanh at the end and no hidden fully connected layer.
 */
import { batchNorm, conv2dTranspose, oneHot, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { smallestSide, type DcganConfig } from './config.ts';

/** z: `[batch, latent]`, labels: int32 `[batch]` when conditional -> images `[batch, resolution, resolution, channels]` in [-1, 1]. */
export function dcganGenerator(config: DcganConfig): Network {
  const { channels, latent, width, stages, kernelSize, numClasses } = config;
  const side = smallestSide(config);
  return {
    inputs: [
      { shape: [latent], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, z, labels) => {
      const code = labels === undefined ? z! : tf.concat([z!, oneHot(labels, numClasses)], 1);
      let h = tf.reshape(code, [code.shape[0]!, 1, 1, code.shape[1]!]);
      h = scope.in('project', (s) => {
        const y = conv2dTranspose(s, h, width * 2 ** (stages - 1), {
          kernelSize: side,
          padding: 'valid',
          bias: false,
        });
        return tf.relu(batchNorm(s, y));
      });
      for (let stage = stages - 1; stage > 0; stage--) {
        h = scope.in(`up${h.shape[1]! * 2}`, (s) => {
          const y = conv2dTranspose(s, h, width * 2 ** (stage - 1), { kernelSize, stride: 2, bias: false });
          return tf.relu(batchNorm(s, y));
        });
      }
      return scope.in('image', (s) => tf.tanh(conv2dTranspose(s, h, channels, { kernelSize, stride: 2 })));
    },
  };
}
