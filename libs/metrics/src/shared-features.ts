/** Features of many images, shared out between the workers: every worker ends with those of all. */
import { gatherFloats, rank, sumDoubles, together, worldSize } from '@kiln/collectives';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureExtractor } from './extractors/extractor.ts';
import { momentsOf, MomentsGatherer, type Moments } from './moments.ts';

export interface FeatureSet {
  readonly moments: Moments;
  /** `[min(count, maxRows), dims]`: of the first images, for distances that need more than moments. */
  readonly rows: Float32Array;
  /** Images that the extractor puts into the class that `asked` says; 0 without it. */
  readonly right: number;
}

export interface SharedFeaturesOptions {
  readonly extractor: FeatureExtractor;
  readonly count: number;
  /** Images `[begin, end)`: float32 `[end - begin, height, width, channels]` in [-1, 1], disposed here. Asked for in rising order. */
  readonly images: (begin: number, end: number) => Promise<tf.Tensor>;
  /** The class of each image. */
  readonly asked?: readonly number[] | undefined;
  /** Names what is gathered; the same on all workers. */
  readonly label: string;
  readonly onProgress?: OnProgress | undefined;
  /** Whether this worker wants to end early: then all do, with a `CollectiveError` of code `given-up`. */
  readonly giveUp?: (() => boolean) | undefined;
}

/** Told after each of this worker's chunks: `done` of `total` images, if the other workers are as fast. */
export type OnProgress = (progress: {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}) => void;

/** So many images are one worker's at a time. An image has the same neighbours, and the same features, for any number of workers. */
export const chunkSize = 64;

/** Kernel distances take subsets of at most 1,000, out of so many at most. */
export const maxRows = 10_000;

/**
 * Worker r of N takes each N-th chunk from the r-th on. Moments are added up in double precision, so they are the same for any number
 * of workers but for the order of additions. All workers must call it.
 */
export async function sharedFeatures(options: SharedFeaturesOptions): Promise<FeatureSet> {
  const { extractor, count, label, giveUp } = options;
  const { dims } = extractor;
  const own = await together((signal) => ownFeatures(options, signal), `${label}/done`, { giveUp });
  const sums = await sumDoubles(own.sums, `${label}/sums`);
  const rows = await gatherFloats(own.rows, `${label}/rows`);
  return {
    moments: momentsOf(sums.subarray(0, -1), dims),
    rows: inOrder(rows, Math.min(count, maxRows), dims),
    right: sums.at(-1)!,
  };
}

/** This worker's sums, with `right` behind them, and its chunks of the rows that are kept. */
async function ownFeatures(
  { extractor, count, images, asked, label, onProgress }: SharedFeaturesOptions,
  signal: AbortSignal,
): Promise<{ sums: Float64Array; rows: Float32Array }> {
  const { dims, classes } = extractor;
  const slots = Math.ceil(Math.min(count, maxRows) / chunkSize / worldSize());
  const rows = new Float32Array(slots * chunkSize * dims);
  const gatherer = new MomentsGatherer(dims);
  let right = 0;
  try {
    for (
      let slot = 0, begin = rank() * chunkSize;
      begin < count;
      slot += 1, begin += worldSize() * chunkSize
    ) {
      signal.throwIfAborted();
      const end = Math.min(begin + chunkSize, count);
      const drawn = await images(begin, end);
      const { features, logits } = await extractor.extract(drawn);
      drawn.dispose();
      await gatherer.add(features);
      if (slot < slots) rows.set(features, slot * chunkSize * dims);
      if (asked !== undefined) right += numRight(logits, classes, asked.slice(begin, end));
      onProgress?.({ label, done: Math.min(count, (slot + 1) * worldSize() * chunkSize), total: count });
    }
    const sums = await gatherer.sums();
    const all = new Float64Array(sums.length + 1);
    all.set(sums);
    all[sums.length] = right;
    return { sums: all, rows };
  } finally {
    gatherer.dispose();
  }
}

function numRight(logits: Float32Array, classes: number, asked: readonly number[]): number {
  return asked.filter((label, i) => {
    const own = logits.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own)) === label;
  }).length;
}

/** Rows as the workers hold them, chunk by chunk in turn, in the order of the images. */
function inOrder(gathered: Float32Array, count: number, dims: number): Float32Array {
  const workers = worldSize();
  const chunk = chunkSize * dims;
  const perWorker = gathered.length / workers;
  const rows = new Float32Array(count * dims);
  for (let index = 0; index * chunk < rows.length; index++) {
    const from = (index % workers) * perWorker + Math.floor(index / workers) * chunk;
    rows.set(gathered.subarray(from, from + Math.min(chunk, rows.length - index * chunk)), index * chunk);
  }
  return rows;
}
