/**
 * Small convolutional classifier of 8x8 digits: the built-in judge of generated digits. Its last hidden layer is the
 * feature space in which digits are compared.
 */
import { conv2d, dense, glorotUniform, type Network, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export const digitsClassifierFeatures = 64;

const kernel = { kernelSize: 3, kernelInitializer: glorotUniform };

function features(scope: Scope, images: tf.Tensor): tf.Tensor {
  let h = scope.in('conv1', (s) => tf.relu(conv2d(s, images, 32, kernel)));
  h = scope.in('conv2', (s) => tf.relu(conv2d(s, h, 64, kernel)));
  h = tf.maxPool(h as tf.Tensor4D, 2, 2, 'same');
  h = scope.in('conv3', (s) => tf.relu(conv2d(s, h, 64, kernel)));
  h = tf.reshape(h, [h.shape[0]!, 4 * 4 * 64]);
  return scope.in('features', (s) =>
    tf.relu(dense(s, h, digitsClassifierFeatures, { kernelInitializer: glorotUniform })),
  );
}

export interface DigitsClassifierOptions {
  /** Applied to the features before the last layer, while training. */
  dropout?(features: tf.Tensor): tf.Tensor;
}

/** images: `[batch, 8, 8, 1]` in [-1, 1] -> `[batch, 64 + 10]`: features, then logits. */
export function digitsClassifier({ dropout = (x) => x }: DigitsClassifierOptions = {}): Network {
  return {
    inputs: [{ shape: [8, 8, 1], dtype: 'float32' }],
    forward: (scope, images) => {
      const h = features(scope, images!);
      const logits = scope.in('logits', (s) =>
        dense(s, dropout(h), 10, { kernelInitializer: glorotUniform }),
      );
      return tf.concat([h, logits], 1);
    },
  };
}
