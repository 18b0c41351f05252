/** The residual block of BigGAN's discriminator (Brock et al., 2019, figure 15b). */
import { averagePool, conv2d, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface DiscriminatorBlockOptions {
  readonly kernels: KernelOptions;
  /** Whether the side is halved. */
  readonly halve: boolean;
  /** The block that sees the image begins with a convolution, all others with a ReLU. */
  readonly preactivation: boolean;
}

/** x: `[batch, side, side, in]` -> `[batch, side or side / 2, …, filters]`. */
export function discriminatorBlock(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  { kernels, halve, preactivation }: DiscriminatorBlockOptions,
): tf.Tensor {
  const conv = (name: string, maps: tf.Tensor, kernelSize: number): tf.Tensor =>
    scope.in(name, (s) => conv2d(s, maps, filters, { ...kernels, kernelSize }));
  const pool = (maps: tf.Tensor): tf.Tensor => (halve ? averagePool(maps) : maps);
  let h = conv('conv1', preactivation ? tf.relu(x) : x, 3);
  h = pool(conv('conv2', tf.relu(h), 3));
  // Pooling and a 1x1 convolution change places freely; pooling first is a quarter of the work.
  const shortcut = halve || x.shape[3] !== filters ? conv('shortcut', pool(x), 1) : x;
  return tf.add(h, shortcut);
}
