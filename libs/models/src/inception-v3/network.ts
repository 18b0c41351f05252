/**
 * Inception-v3 (Szegedy et al., 2016) at rest: features to compare images in, with stored statistics throughout. It is not for
 * training. Scopes have torchvision's names.
 */
import { dense, glorotUniform, type Network, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { blockA, blockB, blockC, blockD, blockE, maxPoolHalved, type Pool } from './blocks.ts';
import { inceptionV3Side, type InceptionV3Config } from './config.ts';
import { unit } from './unit.ts';

/** images: `[batch, 299, 299, 3]` in [-1, 1] -> `[batch, 2048 + classes]`: features of the last pooling, then logits. */
export function inceptionV3({ classes, countsPadding, lastPool }: InceptionV3Config): Network {
  const average: Pool = countsPadding ? averageWithPadding : averageOfPresent;
  const last: Pool = lastPool === 'max' ? (x) => tf.maxPool(x as tf.Tensor4D, 3, 1, 'same') : average;
  return {
    inputs: [{ shape: [inceptionV3Side, inceptionV3Side, 3], dtype: 'float32' }],
    forward: (scope, images) => {
      let h = maxPoolHalved(lower(scope, images!));
      for (const [name, filters] of [
        ['5b', 32],
        ['5c', 64],
        ['5d', 64],
      ] as const)
        h = scope.in(`Mixed_${name}`, (s) => blockA(s, h, filters, average));
      h = scope.in('Mixed_6a', (s) => blockB(s, h));
      for (const [name, width] of [
        ['6b', 128],
        ['6c', 160],
        ['6d', 160],
        ['6e', 192],
      ] as const)
        h = scope.in(`Mixed_${name}`, (s) => blockC(s, h, width, average));
      h = scope.in('Mixed_7a', (s) => blockD(s, h));
      h = scope.in('Mixed_7b', (s) => blockE(s, h, average));
      h = scope.in('Mixed_7c', (s) => blockE(s, h, last));
      const features = tf.mean(h, [1, 2]);
      const logits = scope.in('fc', (s) => dense(s, features, classes, { kernelInitializer: glorotUniform }));
      return tf.concat([features, logits], 1);
    },
  };
}

/** 299x299 to 71x71. */
function lower(scope: Scope, images: tf.Tensor): tf.Tensor {
  const valid = { kernel: [3, 3], padding: 'valid' } as const;
  let h = unit(scope, 'Conv2d_1a_3x3', images, 32, { ...valid, stride: 2 });
  h = unit(scope, 'Conv2d_2a_3x3', h, 32, valid);
  h = maxPoolHalved(unit(scope, 'Conv2d_2b_3x3', h, 64, { kernel: [3, 3] }));
  h = unit(scope, 'Conv2d_3b_1x1', h, 80);
  return unit(scope, 'Conv2d_4a_3x3', h, 192, valid);
}

/** 3x3 means; those at the border divide by the numbers that are there. */
export const averageOfPresent: Pool = (x) => tf.avgPool(x as tf.Tensor4D, 3, 1, 'same');

/** 3x3 means with zeros beyond the border. */
export const averageWithPadding: Pool = (x) =>
  tf.avgPool(
    tf.pad(x, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]) as tf.Tensor4D,
    3,
    1,
    'valid',
  );
