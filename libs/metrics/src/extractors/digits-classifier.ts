/** The built-in extractor for handwritten digits; tools/digits-classifier/train.ts made its weights. */
import { fileURLToPath } from 'node:url';
import { rawOp } from '@kiln/engine';
import { digitsClassifier, digitsClassifierFeatures } from '@kiln/models';
import { readSafetensors } from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureExtractor } from './extractor.ts';
import { networkExtractor } from './network-extractor.ts';

const weightsFile = fileURLToPath(new URL('../../../../data/digits-classifier.safetensors', import.meta.url));

export async function digitsExtractor(): Promise<FeatureExtractor> {
  const weights = await readSafetensors(weightsFile);
  const params = Object.fromEntries(
    [...weights].map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape], 'float32')]),
  );
  return networkExtractor({
    name: 'digits-classifier',
    dims: digitsClassifierFeatures,
    classes: 10,
    resize: 'grey, area to 8x8',
    weightsFile,
    batch: 64,
    prepare: (images) => {
      const grey = images.shape[3] === 1 ? images : tf.mean(images, 3, true);
      // Undoes an enlargement of digits by a whole factor exactly.
      return rawOp('ResizeArea', [grey, tf.tensor1d([8, 8], 'int32')])[0]!;
    },
    network: digitsClassifier(),
    variables: { params, stats: {} },
  });
}
