/** The residual block of the discriminators of SNGAN, SAGAN, WGAN-GP and BigGAN (Brock et al., 2019, figure 15b). */
import { averagePool, conv2d, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface DiscriminatorBlockOptions {
  /** Of the two 3x3 kernels. */
  readonly kernels: KernelOptions;
  /** Of the 1x1 kernel of the shortcut. Default: as the others. */
  readonly shortcut?: KernelOptions;
  /** Whether the side is halved. */
  readonly halve: boolean;
  /** The block that sees the image begins with a convolution, all others with a ReLU. */
  readonly preactivation: boolean;
  /** Filters of the first convolution. Default: as many as come out. */
  readonly hidden?: number;
  /** In front of each ReLU; with one, the first convolution needs no bias. */
  readonly norm?: (scope: Scope, maps: tf.Tensor) => tf.Tensor;
}

/** x: `[batch, side, side, in]` -> `[batch, side or side / 2, …, filters]`. */
export function discriminatorBlock(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  options: DiscriminatorBlockOptions,
): tf.Tensor {
  const { kernels, shortcut = kernels, halve, preactivation, hidden = filters, norm } = options;
  const active = (name: string, maps: tf.Tensor): tf.Tensor =>
    tf.relu(norm === undefined ? maps : scope.in(name, (s) => norm(s, maps)));
  const pool = (maps: tf.Tensor): tf.Tensor => (halve ? averagePool(maps) : maps);
  let h = preactivation ? active('norm1', x) : x;
  h = scope.in('conv1', (s) => conv2d(s, h, hidden, { ...kernels, kernelSize: 3, bias: norm === undefined }));
  h = active('norm2', h);
  h = pool(scope.in('conv2', (s) => conv2d(s, h, filters, { ...kernels, kernelSize: 3 })));
  if (!halve && x.shape[3] === filters) return tf.add(h, x);
  // Pooling and a 1x1 convolution change places freely; pooling first is a quarter of the work.
  const skip = scope.in('shortcut', (s) => conv2d(s, pool(x), filters, { ...shortcut, kernelSize: 1 }));
  return tf.add(h, skip);
}
