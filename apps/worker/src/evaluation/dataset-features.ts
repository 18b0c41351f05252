/** Features of all examples of a data set, by all workers together. */
import { rank, worldSize } from '@kiln/collectives';
import type { CommonSpec, DataSpec, Dataset } from '@kiln/datasets';
import {
  chunkSize,
  sharedFeatures,
  type FeatureExtractor,
  type FeatureSet,
  type OnProgress,
} from '@kiln/metrics';
import * as tf from '@tensorflow/tfjs-core';
import { WorkerError } from '../worker-error.ts';

/** What training does to images at random, as it is done to none. */
const asTheyAre = {
  crop: 'center',
  zoom: 1,
  mirror: false,
  brightness: 0,
  contrast: 0,
  saturation: 0,
  hue: 0,
} as const satisfies CommonSpec;

/** The same data without what training does to them at random. */
export const unaugmented = (spec: DataSpec): DataSpec => ({ ...spec, ...asTheyAre });

export interface DatasetFeaturesOptions {
  readonly extractor: FeatureExtractor;
  /** Names what is gathered; the same on all workers. */
  readonly label: string;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Every example once: the first epoch of an order that is the same for any number of workers. All workers must call it. Throws
 * `WorkerError` for a single image, which has no covariance.
 */
export async function datasetFeatures(
  dataset: Dataset,
  { extractor, label, onProgress }: DatasetFeaturesOptions,
): Promise<FeatureSet> {
  if (dataset.numExamples < 2)
    throw new WorkerError(
      'data',
      `distances need 2 or more images on either side, got ${dataset.numExamples} (${label}); bring more data`,
    );
  const batches = dataset.batches({
    seed: 0,
    batch: chunkSize * worldSize(),
    rank: rank(),
    worldSize: worldSize(),
    startIndex: 0,
  });
  try {
    return await sharedFeatures({
      extractor,
      count: dataset.numExamples,
      label,
      onProgress,
      images: async (begin, end) => {
        const { images, labels } = await batches.next();
        labels.dispose();
        if (end - begin === chunkSize) return images;
        const part = tf.slice(images, 0, end - begin);
        images.dispose();
        return part;
      },
    });
  } finally {
    await batches.close();
  }
}
