/** BigGAN-deep's discriminator block (Brock et al., 2019, figure 16b): a bottleneck whose shortcut gains channels. */
import { averagePool, conv2d, type KernelOptions, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { bottleneck } from './config.ts';

/** x: `[batch, side, side, in]`, `in <= filters` -> `[batch, side or side / 2, …, filters]`. */
export function deepDiscriminatorBlock(
  scope: Scope,
  x: tf.Tensor,
  filters: number,
  { kernels, halve }: { kernels: KernelOptions; halve: boolean },
): tf.Tensor {
  const channels = x.shape[3]!;
  const inner = filters / bottleneck;
  const pool = (maps: tf.Tensor): tf.Tensor => (halve ? averagePool(maps) : maps);
  const conv = (name: string, maps: tf.Tensor, out: number, kernelSize: number): tf.Tensor =>
    scope.in(name, (s) => conv2d(s, maps, out, { ...kernels, kernelSize }));
  let h = conv('conv1', tf.relu(x), inner, 1);
  h = conv('conv2', tf.relu(h), inner, 3);
  h = conv('conv3', tf.relu(h), inner, 3);
  h = conv('conv4', pool(tf.relu(h)), filters, 1);
  const kept = pool(x);
  const shortcut =
    filters === channels ? kept : tf.concat([kept, conv('shortcut', kept, filters - channels, 1)], 3);
  return tf.add(h, shortcut);
}
