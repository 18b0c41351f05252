/** Fully connected layer with an equalised learning rate (Karras et al., 2018, section 4.1). */
import * as tf from '@tensorflow/tfjs-core';
import { constant, normal } from '../initializers.ts';
import { equalized, type EqualizedOptions } from '../parametrizations/equalized.ts';
import type { Scope } from '../scope.ts';
import { dense } from './dense.ts';

export interface EqualizedDenseOptions extends EqualizedOptions {
  bias?: boolean;
  /** What the bias is at the start; 1 for the styles of a modulated convolution. */
  biasStart?: number;
}

/** x: `[batch, in]` -> `[batch, units]`. `lrMultiplier` slows the bias as well. */
export function equalizedDense(
  scope: Scope,
  x: tf.Tensor,
  units: number,
  options: EqualizedDenseOptions = {},
): tf.Tensor {
  const { bias = true, biasStart = 0, lrMultiplier = 1 } = options;
  const y = dense(scope, x, units, {
    bias: false,
    kernelInitializer: normal(1 / lrMultiplier),
    parametrization: equalized(options),
  });
  if (!bias) return y;
  const stored = scope.param('bias', [units], constant(biasStart / lrMultiplier));
  return tf.add(y, lrMultiplier === 1 ? stored : tf.mul(stored, lrMultiplier));
}
