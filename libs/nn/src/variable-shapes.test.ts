import { startEngine } from '@kiln/engine';
import type * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { dense } from './layers/dense.ts';
import { batchNorm } from './normalizations/batch-norm.ts';
import type { Network } from './network.ts';
import { variableShapes } from './variable-shapes.ts';

it('gives the shapes of a network that would not fit into memory, in the order of its layers', () => {
  startEngine({});
  const wide: Network = {
    inputs: [{ shape: [1_000_000], dtype: 'float32' }],
    forward: (scope, x) => {
      const h: tf.Tensor = scope.in('wide', (s) => dense(s, x!, 1_000_000));
      return scope.in('norm', (s) => batchNorm(s, h));
    },
  };
  expect([...variableShapes(wide)]).toEqual([
    ['params/wide.kernel', [1_000_000, 1_000_000]],
    ['params/wide.bias', [1_000_000]],
    ['params/norm.gain', [1_000_000]],
    ['params/norm.offset', [1_000_000]],
    ['stats/norm.mean', [1_000_000]],
    ['stats/norm.variance', [1_000_000]],
  ]);
});
