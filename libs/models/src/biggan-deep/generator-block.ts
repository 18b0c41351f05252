/** BigGAN-deep's generator block (Brock et al., 2019, figure 16a): a bottleneck whose shortcut drops channels. */
import { conditionalBatchNorm, conv2d, upsampleNearest, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { bottleneck } from './config.ts';

export interface DeepGeneratorBlockOptions {
  /** Of the batch normalisations. */
  readonly epsilon: number;
  readonly kernels: KernelOptions;
  /** Whether the side is doubled. */
  readonly double: boolean;
}

/** x: `[batch, side, side, in]`, `in >= filters`; condition: `[batch, features]` -> `[batch, …, filters]`. */
export function deepGeneratorBlock(
  scope: Scope,
  x: tf.Tensor,
  condition: tf.Tensor,
  filters: number,
  { epsilon, kernels, double }: DeepGeneratorBlockOptions,
): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const inner = channels / bottleneck;
  const grow = (maps: tf.Tensor): tf.Tensor => (double ? upsampleNearest(maps) : maps);
  const norm = (name: string, maps: tf.Tensor): tf.Tensor =>
    scope.in(name, (s) => tf.relu(conditionalBatchNorm(s, maps, condition, { ...kernels, epsilon })));
  const conv = (name: string, maps: tf.Tensor, out: number, kernelSize: number): tf.Tensor =>
    scope.in(name, (s) => conv2d(s, maps, out, { ...kernels, kernelSize }));
  let h = conv('conv1', norm('norm1', x), inner, 1);
  h = conv('conv2', grow(norm('norm2', h)), inner, 3);
  h = conv('conv3', norm('norm3', h), inner, 3);
  h = conv('conv4', norm('norm4', h), filters, 1);
  const kept = filters === channels ? x : tf.slice(x, [0, 0, 0, 0], [batch, height, width, filters]);
  return tf.add(h, grow(kept));
}
