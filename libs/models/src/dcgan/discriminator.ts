/**
 * DCGAN discriminator (Radford et al., 2016): strided convolutions instead of pooling, LeakyReLU 0.2, batch norm
 * everywhere but at the input, no hidden fully connected layer.
 */
import { batchNorm, concatMaps, conv2d, oneHot, type Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { smallestSide, type DcganConfig } from './config.ts';

const leak = 0.2;

/** images: `[batch, resolution, resolution, channels]`, labels: int32 `[batch]` when conditional -> logits `[batch, 1]`. */
export function dcganDiscriminator(config: DcganConfig): Network {
  const { resolution, channels, width, stages, kernelSize, numClasses } = config;
  const side = smallestSide(config);
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, images, labels) => {
      let h = labels === undefined ? images! : concatMaps(images!, oneHot(labels, numClasses));
      for (let stage = 0; stage < stages; stage++) {
        h = scope.in(`down${h.shape[1]! / 2}`, (s) => {
          const first = stage === 0;
          const y = conv2d(s, h, width * 2 ** stage, { kernelSize, stride: 2, bias: first });
          return tf.leakyRelu(first ? y : batchNorm(s, y), leak);
        });
      }
      const logits = scope.in('logit', (s) => conv2d(s, h, 1, { kernelSize: side, padding: 'valid' }));
      return tf.reshape(logits, [logits.shape[0]!, 1]);
    },
  };
}
