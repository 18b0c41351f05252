/** Kernels of ours in the place of tfjs-node's. Those that belong to gradients are in `../gradients`. */
import * as tf from '@tensorflow/tfjs-core';
import { add, sum } from './bias.ts';
import { gather } from './gather.ts';
import { matMul } from './mat-mul.ts';
import { reshape } from './reshape.ts';
import { softmax } from './softmax.ts';
import { argMax, argMin, exp, prelu } from './without-methods.ts';

const kernels = [add, argMax, argMin, exp, gather, matMul, prelu, reshape, softmax, sum];

export function registerKernels(): void {
  for (const config of kernels) {
    if (tf.getKernel(config.kernelName, config.backendName))
      tf.unregisterKernel(config.kernelName, config.backendName);
    tf.registerKernel(config);
  }
}
