import { random, startEngine } from '@kiln/engine';
import { apply, averagePool, initialize, upsampleNearest, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { convolveDoubled, convolveHalved } from './resampling.ts';

beforeAll(() => startEngine({}));

const gain = Math.SQRT2 / Math.sqrt(9 * 3);

/** The layer's result on drawn weights and maps, and these. */
function run(layer: (scope: Scope, x: tf.Tensor, features: number) => tf.Tensor) {
  const network = {
    inputs: [{ shape: [8, 8, 3], dtype: 'float32' as const }],
    forward: (scope: Scope, x: tf.Tensor | undefined) => layer(scope, x!, 5),
  };
  const variables = initialize(network, random.key(1, 'weights'));
  const x = random.normal([2, 8, 8, 3], random.key(1, 'x')) as tf.Tensor4D;
  const { output } = apply(network, variables, [x], { training: true, batchStatistics: 'local' });
  return { x, y: output, kernel: variables.params['kernel'] as tf.Tensor4D };
}

const largest = (x: tf.Tensor): number => tf.max(tf.abs(x)).dataSync()[0]!;

/** Every map by itself with [1, 2, 1] in both directions, zeros around it. */
function blurred(x: tf.Tensor): tf.Tensor4D {
  const channels = x.shape[3]!;
  const plane = [1, 2, 1].flatMap((a) => [1, 2, 1].map((b) => (a * b) / 16));
  const filter = tf.tile(tf.tensor4d(plane, [3, 3, 1, 1]), [1, 1, channels, 1]) as tf.Tensor4D;
  return tf.depthwiseConv2d(x as tf.Tensor4D, filter, 1, 'same');
}

it('doubles the side as repetition, a convolution and a blur do', () => {
  const { x, y, kernel } = run(convolveDoubled);
  // A transposed convolution's kernel has its axes the other way round and is turned by 180 degrees.
  const turned = tf.reverse(tf.transpose(kernel, [0, 1, 3, 2]), [0, 1]) as tf.Tensor4D;
  const convolved = tf.conv2d(upsampleNearest(x) as tf.Tensor4D, tf.mul(turned, gain), 1, 'same');
  expect(y.shape).toEqual([2, 16, 16, 5]);
  expect(largest(tf.sub(y, blurred(convolved)))).toBeLessThan(1e-5);
});

it('halves the side as a blur, a convolution and an average do', () => {
  const { x, y, kernel } = run(convolveHalved);
  const convolved = tf.conv2d(blurred(x), tf.mul(kernel, gain), 1, 'same');
  expect(y.shape).toEqual([2, 4, 4, 5]);
  expect(largest(tf.sub(y, averagePool(convolved)))).toBeLessThan(1e-5);
});
