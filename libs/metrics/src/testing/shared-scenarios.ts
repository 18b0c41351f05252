/** What ranks do in the tests of features that are shared out. */
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '@kiln/engine';
import type { GroupOptions } from '@kiln/collectives';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureExtractor } from '../extractors/extractor.ts';
import { sharedFeatures } from '../shared-features.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

/** Of an image that is one number i: the features i and i^2, and of two classes i mod 2. */
const toy: FeatureExtractor = {
  name: 'toy',
  dims: 2,
  classes: 2,
  resize: 'none',
  weights: '',
  extract: async (images) => {
    const numbers = [...(await images.data())];
    return {
      features: Float32Array.from(numbers.flatMap((i) => [i, i * i])),
      logits: Float32Array.from(numbers.flatMap((i) => [1 - (i % 2), i % 2])),
    };
  },
  dispose: () => {},
};

export async function share(count: number): Promise<object> {
  const { moments, rows, right } = await sharedFeatures({
    extractor: toy,
    count,
    label: 'toy',
    asked: Array.from({ length: count }, () => 0),
    images: async (begin, end) => tf.reshape(tf.range(begin, end), [end - begin, 1, 1, 1]),
  });
  return { mean: [...moments.mean], covariance: [...moments.covariance], rows: [...rows], right };
}

/** An hour of images, which the last rank does not want any more when it has seen two chunks. */
export async function giveUp(_: unknown, { rank, worldSize }: GroupOptions): Promise<void> {
  let chunks = 0;
  await sharedFeatures({
    extractor: toy,
    count: 10_000_000,
    label: 'toy',
    images: async (begin, end) => {
      chunks += 1;
      await pause(20);
      return tf.reshape(tf.range(begin, end), [end - begin, 1, 1, 1]);
    },
    giveUp: () => rank === worldSize - 1 && chunks > 2,
  });
}
