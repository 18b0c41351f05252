/** Self-attention over positions (Zhang et al., 2019) as in BigGAN: keys and values at half the side. */
import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from '../errors.ts';
import { zeros } from '../initializers.ts';
import type { KernelOptions } from '../parametrizations/parametrization.ts';
import type { Scope } from '../scope.ts';
import { conv2d } from './conv2d.ts';

/**
 * x: `[batch, height, width, channels]`, even sides, channels divisible by 8 -> the same shape: x + gamma · attention,
 * with gamma 0 at the start. `options` are those of the four 1x1 convolutions, which have no bias.
 */
export function selfAttention(scope: Scope, x: tf.Tensor, options: KernelOptions = {}): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (channels % 8 !== 0 || height % 2 !== 0 || width % 2 !== 0)
    throw new NetworkError(
      'shape-mismatch',
      `self-attention needs even sides and channels divisible by 8, got [${x.shape.join(', ')}]; change the width`,
    );
  const project = (name: string, input: tf.Tensor, filters: number): tf.Tensor =>
    scope.in(name, (s) => conv2d(s, input, filters, { ...options, kernelSize: 1, bias: false }));
  const pooled = (maps: tf.Tensor): tf.Tensor => tf.maxPool(maps as tf.Tensor4D, 2, 2, 'valid');
  const positions = (maps: tf.Tensor): tf.Tensor =>
    tf.reshape(maps, [batch, maps.shape[1]! * maps.shape[2]!, maps.shape[3]!]);
  const theta = positions(project('theta', x, channels / 8));
  const phi = positions(pooled(project('phi', x, channels / 8)));
  const g = positions(pooled(project('g', x, channels / 2)));
  const weights = tf.softmax(tf.matMul(theta, phi, false, true));
  const seen = tf.reshape(tf.matMul(weights, g), [batch, height, width, channels / 2]);
  return tf.add(x, tf.mul(project('o', seen, channels), scope.param('gamma', [], zeros)));
}
