/** The layers compile with XLA, as a penalty differentiates them: twice, and with the same result. */
import { compile, startEngine, StateCell } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmented } from './augmentation/augment.ts';
import { equalizedConv2d } from './layers/equalized-conv2d.ts';
import { minibatchStddev } from './layers/minibatch-stddev.ts';
import { modulatedConv2d } from './layers/modulated-conv2d.ts';
import { selfAttention } from './layers/self-attention.ts';
import { adaptiveInstanceNorm } from './normalizations/adaptive-instance-norm.ts';
import { conditionalBatchNorm } from './normalizations/conditional-batch-norm.ts';
import { pixelNorm } from './normalizations/pixel-norm.ts';
import { spectralNorm } from './parametrizations/spectral-norm.ts';
import { averagePool, upsampleNearest } from './resampling/nearest.ts';
import { blur, downsampleFiltered, upsampleFiltered } from './resampling/upfirdn.ts';
import type { Scope } from './scope.ts';
import { distance, draws, run, values, variablesOf } from './testing/layers.ts';

beforeAll(() => startEngine({}));

const w = (): tf.Tensor => draws([4, 3], 'w');

const layers: Record<string, (s: Scope, x: tf.Tensor) => tf.Tensor> = {
  'nearest upsampling': (_, x) => upsampleNearest(x),
  'average pooling': (_, x) => averagePool(x),
  blur: (_, x) => blur(x),
  'filtered doubling': (_, x) => upsampleFiltered(x),
  'filtered halving': (_, x) => downsampleFiltered(x),
  'equalised convolution, up': (s, x) => equalizedConv2d(s, x, 8, { kernelSize: 3, resample: 'up' }),
  'equalised convolution, down': (s, x) => equalizedConv2d(s, x, 8, { kernelSize: 3, resample: 'down' }),
  'modulated convolution': (s, x) => modulatedConv2d(s, x, w(), 8, { kernelSize: 3 }),
  'self-attention': (s, x) => selfAttention(s, x, { parametrization: spectralNorm() }),
  'minibatch standard deviation': (s, x) => minibatchStddev(s, x),
  'conditional batch norm': (s, x) => conditionalBatchNorm(s, x, w()),
  AdaIN: (s, x) => adaptiveInstanceNorm(s, x, w()),
  augmentation: (_, x) =>
    augmented(
      tf.slice(x, [0, 0, 0, 0], [4, 4, 4, 3]),
      tf.scalar(0.7),
      { uniform: tf.sigmoid(draws([4, 21], 'uniform')), normal: draws([4, 7], 'normal') },
      { pixels: true, geometry: true, colours: true },
    ),
  'pixel norm': (_, x) => pixelNorm(x),
};

describe('with XLA, to the second gradient', () => {
  it.each(Object.entries(layers))('%s', async (_, layer) => {
    const x = draws([4, 4, 4, 8]);
    const start = variablesOf((s) => layer(s, x));
    const gamma = start.params['gamma'] === undefined ? {} : { gamma: tf.scalar(0.5) };
    const variables = { params: { ...start.params, ...gamma }, stats: start.stats };
    const penalty = (at: tf.Tensor): tf.Scalar =>
      tf.sum(tf.square(tf.grad((y: tf.Tensor) => tf.sum(tf.sin(run((s) => layer(s, y), variables).y)))(at)));
    const slope = (at: tf.Tensor): tf.Tensor => tf.grad(penalty)(at);
    const step = compile(
      'penalty',
      (state: {}, inputs: { x: tf.Tensor }) => ({ state, outputs: slope(inputs.x) }),
      {
        xla: true,
      },
    );
    const compiled = await step.run(new StateCell({}), { x });
    const expected = slope(x);
    expect(distance(compiled, expected) / values(tf.norm(expected))[0]!).toBeLessThan(1e-5);
  });
});
