/** What every source tells the pipeline: the facts found on the host at opening, and how its images are drawn in a graph. */
import type * as tf from '@tensorflow/tfjs-core';
import type { DatasetError } from '../errors.ts';
import type { Faults } from './faults.ts';

/** An array that the map function captures; uploaded once, when the dataset is opened for drawing. */
export type HostArray =
  | { readonly kind: 'uint8'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly kind: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly kind: 'int64'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly kind: 'string'; readonly shape: readonly number[]; readonly data: readonly string[] };

/** How the images are to come out. */
export interface Target {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

export interface Drawn {
  /** [samples, height, width, channels], 0 to 255, uint8 or float32; of the target's size when the source's `size` is. */
  readonly images: tf.Tensor;
  /** int32 [samples] */
  readonly labels: tf.Tensor;
}

export interface Source {
  readonly numExamples: number;
  /** The size that all images share, or null. */
  readonly size: ImageSize | null;
  /** For messages when `size` is null. */
  readonly sizes: string;
  readonly channels: 1 | 3;
  /** Empty: unlabelled. */
  readonly classNames: readonly string[];
  /** Changes when the data does: names and sizes of the files, and the contents of those read whole. */
  readonly fingerprint: string;
  /** Whether one call draws a whole batch (arrays in memory) or a single sample (files). */
  readonly perBatch: boolean;
  readonly arrays: readonly HostArray[];

  /** Adds the ops that draw `indices` (int64 [samples]; [1] unless `perBatch`). `arrays` are the uploaded ones. */
  draw(indices: tf.Tensor, arrays: readonly tf.Tensor[], target: Target): Drawn;
  /** Examples found unusable at opening; at most the number that `skipBad` allows. */
  readonly faults: Faults;
  /** File and offset of an example; nothing for one that is not in a file. */
  locate(index: number): { file?: string; offset?: number };
  /** What the host can see wrong with an example now, or null. */
  fault(index: number): DatasetError | null;
}
