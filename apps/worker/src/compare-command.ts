/** `kiln compare`: distances between two sets of images, in the features of a named extractor. */
import { openDataset, parseDataSpec } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import type { OnProgress } from '@kiln/metrics';
import { datasetFeatures, unaugmented } from './evaluation/dataset-features.ts';
import { distancesBetween, type Distances } from './evaluation/distances.ts';
import { chooseExtractor, openExtractor, type ExtractorOptions } from './evaluation/extractors.ts';
import { referenceOf } from './evaluation/reference.ts';
import { joinShare, ownDevice, type Share } from './evaluation/share.ts';
import { warn } from './warn.ts';

export interface CompareOptions extends ExtractorOptions {
  /** What is judged, and what it is judged by: as `kiln train --data` takes them. The statistics of the second are kept. */
  readonly images: string;
  readonly data: string;
  readonly device: string;
  /** Left out: this process alone. */
  readonly share?: Share;
}

export interface Comparison extends Distances {
  readonly numImages: number;
  readonly numReal: number;
  readonly extractor: string;
  readonly weights: string;
  readonly resize: string;
  /** Fingerprints. */
  readonly images: string;
  readonly data: string;
}

/** All workers must call it; all get the same distances. */
export async function compare(options: CompareOptions, onProgress: OnProgress): Promise<Comparison> {
  const { device, share } = options;
  const [images, data] = [await parseDataSpec(options.images), await parseDataSpec(options.data)];
  const choice = await chooseExtractor(options, data);
  await joinShare(share);
  startEngine({ device: ownDevice(device, share) });
  const dataset = await openDataset(unaugmented(images));
  const extractor = await openExtractor(choice);
  const reference = await referenceOf({ data, extractor, warn, onProgress });
  const features = await datasetFeatures(dataset, { extractor, label: 'images', onProgress });
  return {
    ...(await distancesBetween(reference.statistics, features, extractor.dims)),
    numImages: dataset.numExamples,
    numReal: reference.count,
    extractor: extractor.name,
    weights: extractor.weights,
    resize: extractor.resize,
    images: dataset.fingerprint,
    data: reference.data,
  };
}
