/** Batch normalisation (Ioffe and Szegedy, 2015) over the batch of one worker or of all of them. */
import type * as tf from '@tensorflow/tfjs-core';
import { normal, zeros, type Initializer } from '../initializers.ts';
import type { Scope } from '../scope.ts';
import { standardize, type StatisticsOptions } from './standardize.ts';

export interface BatchNormOptions extends StatisticsOptions {
  /** DCGAN's gains start at N(1, 0.02^2); most others' at one. */
  gainInitializer?: Initializer;
}

/**
 * x: `[..., channels]`, normalised over all other axes. With `global` statistics N workers normalise exactly as one
 * worker with the N-fold batch would, and gradients flow through the statistics of all.
 */
export function batchNorm(scope: Scope, x: tf.Tensor, options: BatchNormOptions = {}): tf.Tensor {
  const { gainInitializer = normal(0.02, 1) } = options;
  const channels = x.shape.at(-1)!;
  const gain = scope.param('gain', [channels], gainInitializer);
  const offset = scope.param('offset', [channels], zeros);
  return standardize(scope, x, { gain, offset }, options);
}
