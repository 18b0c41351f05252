/** BigGAN's upsampling residual block (Brock et al., 2019, figure 15a). */
import { conditionalBatchNorm, conv2d, upsampleNearest, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

/**
 * x: `[batch, side, side, in]`, condition: `[batch, features]` -> `[batch, 2 side, 2 side, filters]`. `epsilon`: of the
 * batch normalisations; `kernels`: of every kernel in the block.
 */
export function generatorBlock(
  scope: Scope,
  x: tf.Tensor,
  condition: tf.Tensor,
  filters: number,
  { epsilon, kernels }: { epsilon: number; kernels: KernelOptions },
): tf.Tensor {
  const norm = (name: string, maps: tf.Tensor): tf.Tensor =>
    scope.in(name, (s) => tf.relu(conditionalBatchNorm(s, maps, condition, { ...kernels, epsilon })));
  const conv = (name: string, maps: tf.Tensor, kernelSize: number): tf.Tensor =>
    scope.in(name, (s) => conv2d(s, maps, filters, { ...kernels, kernelSize }));
  let h = conv('conv1', upsampleNearest(norm('norm1', x)), 3);
  h = conv('conv2', norm('norm2', h), 3);
  // A 1x1 convolution of repeated pixels is the repeated convolution, at a quarter of the work.
  return tf.add(h, upsampleNearest(conv('shortcut', x, 1)));
}
