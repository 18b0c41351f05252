/** The upsampling residual block of SNGAN, SAGAN, WGAN-GP and BigGAN (Brock et al., 2019, figure 15a). */
import { conv2d, upsampleNearest, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface GeneratorBlockOptions {
  /** The batch normalisation in front of each ReLU. */
  readonly norm: (scope: Scope, maps: tf.Tensor) => tf.Tensor;
  /** Of the two 3x3 kernels. */
  readonly kernels: KernelOptions;
  /** Of the 1x1 kernel of the shortcut. Default: as the others. */
  readonly shortcut?: KernelOptions;
  /** Of the first convolution, which a normalisation follows. Default true. */
  readonly bias?: boolean;
}

/** x: `[batch, side, side, in]` -> `[batch, 2 side, 2 side, filters]`. */
export function generatorBlock(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  { norm, kernels, shortcut = kernels, bias = true }: GeneratorBlockOptions,
): tf.Tensor {
  const active = (name: string, maps: tf.Tensor): tf.Tensor => scope.in(name, (s) => tf.relu(norm(s, maps)));
  let h = upsampleNearest(active('norm1', x));
  h = scope.in('conv1', (s) => conv2d(s, h, filters, { ...kernels, kernelSize: 3, bias }));
  h = active('norm2', h);
  h = scope.in('conv2', (s) => conv2d(s, h, filters, { ...kernels, kernelSize: 3 }));
  // A 1x1 convolution of repeated pixels is the repeated convolution, at a quarter of the work.
  const skip = scope.in('shortcut', (s) => conv2d(s, x, filters, { ...shortcut, kernelSize: 1 }));
  return tf.add(h, upsampleNearest(skip));
}
