import { startEngine } from '@kiln/engine';
import type { FeatureExtractor } from '@kiln/metrics';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { exitNameOf } from '../worker-error.ts';
import { evaluateSamples, type EvaluationOptions } from './evaluation.ts';

beforeAll(() => startEngine({}));

/** The only pixel of an image and its square. */
const extractor = {
  name: 'toy',
  dims: 2,
  classes: 0,
  extract: async (images: tf.Tensor) => ({
    features: Float32Array.from([...(await images.data())].flatMap((x) => [x, x * x])),
    logits: new Float32Array(),
  }),
} as unknown as FeatureExtractor;

/** Of samples that are these numbers. */
const evaluated = (samples: readonly number[]) =>
  evaluateSamples({
    game: { sampler: { numClasses: 0 } },
    drawer: { draw: async () => ({ images: Float32Array.from(samples), shape: [samples.length, 1, 1, 1] }) },
    extractor,
    reference: {
      data: '',
      count: 3,
      statistics: {
        moments: { count: 3, mean: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0, 0, 1) },
        rows: Float32Array.of(1, 0, 0, 1, -1, -1),
      },
    },
    num: samples.length,
    seed: 0,
    request: { images: 0 },
    standing: 0,
    step: 7,
    checkpoint: null,
  } as unknown as EvaluationOptions);

test('samples that are not numbers are the end of training, not a failed decomposition', async () => {
  expect((await evaluated([0.5, 0.25, -1])).fid).toBeGreaterThan(0);
  const error: unknown = await evaluated([0.5, Number.NaN, -1]).catch((reason: unknown) => reason);
  expect([exitNameOf(error), (error as Error).message]).toEqual([
    'training',
    expect.stringMatching(/^features of the samples are not numbers at step 7: .*lower the learning rates/),
  ]);
});
