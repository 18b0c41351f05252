/** A convolution, a batch normalisation at rest and a ReLU: what all of Inception-v3 is made of. */
import { glorotUniform, ones, zeros, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

const epsilon = 1e-3;

export interface UnitOptions {
  /** `[height, width]` */
  readonly kernel?: readonly [number, number];
  readonly stride?: number;
  readonly padding?: 'same' | 'valid';
}

/**
 * x: `[batch, height, width, in]` -> `[batch, height', width', filters]`. The normalisation, which is affine where statistics are
 * stored ones, is multiplied into the kernel: three passes over the maps less.
 */
export function unit(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  filters: number,
  { kernel: size = [1, 1], stride = 1, padding = 'same' }: UnitOptions = {},
): tf.Tensor {
  return scope.in(name, (s) => {
    const kernel = s.param('kernel', [...size, x.shape[3]!, filters], glorotUniform);
    const gain = s.param('gain', [filters], ones);
    const offset = s.param('offset', [filters], zeros);
    const mean = s.stat('mean', [filters], zeros);
    const variance = s.stat('variance', [filters], ones);
    const scale = tf.mul(gain, tf.rsqrt(tf.add(variance, epsilon)));
    const y = tf.conv2d(x as tf.Tensor4D, tf.mul(kernel, scale), stride, padding);
    return tf.relu(tf.add(y, tf.sub(offset, tf.mul(mean, scale))));
  });
}
