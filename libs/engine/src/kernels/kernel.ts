/** How a kernel of ours is written down: named tensors and attributes in, a tensor out. */
import * as tf from '@tensorflow/tfjs-core';
import { backendName } from '../kernel-layer.ts';

export function kernel<Attrs = object>(
  kernelName: string,
  run: (inputs: Record<string, tf.Tensor>, attrs: Attrs) => tf.Tensor,
): tf.KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => run(inputs as unknown as Record<string, tf.Tensor>, attrs as unknown as Attrs)),
  };
}
