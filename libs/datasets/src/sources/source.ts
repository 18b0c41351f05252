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

/** What opening finds out about every source. */
export interface SourceFacts {
  readonly numExamples: number;
  /** The size that all images share, or null. */
  readonly size: ImageSize | null;
  /** For messages when `size` is null. */
  readonly sizes: string;
  readonly channels: 1 | 3;
  /** Empty: unlabelled. */
  readonly classNames: readonly string[];
  /** Examples of each class. */
  readonly classCounts: readonly number[];
  /** Changes when the data does: names and sizes of the files, and the contents of those read whole. */
  readonly fingerprint: string;
  /** Emptied once they are uploaded, so that they are not held twice. */
  readonly arrays: HostArray[];
  /** Examples found unusable at opening; at most the number that `skipBad` allows. */
  readonly faults: Faults;
  /** File and offset of an example; nothing for one that is not in a file. */
  locate(index: number): { file?: string; offset?: number };
}

/** Examples that are in memory, or made from nothing: a batch is drawn at once. */
export interface ArraySource extends SourceFacts {
  readonly kind: 'array';
  /** Adds the ops that draw `examples` (int64 [samples]). `arrays` are the uploaded ones. */
  draw(examples: tf.Tensor, arrays: readonly tf.Tensor[], target: Target): Drawn;
}

export interface EncodedImage {
  /** string scalar */
  readonly contents: tf.Tensor;
  /** int32 scalar, what `decodingOf` says of its header; absent in a set where that is 0 for all. */
  readonly decoding?: tf.Tensor | undefined;
}

/** Examples that are read and decoded one by one. */
export interface FileSource extends SourceFacts {
  readonly kind: 'file';
  /** Labels (int32 [samples]) and whatever `decode` needs ([samples] each) of `examples` (int64 [samples]). */
  lookUp(examples: tf.Tensor, arrays: readonly tf.Tensor[]): { labels: tf.Tensor; fields: tf.Tensor[] };
  /** Whether some must be decoded in another way than the rest. */
  readonly isMixed: boolean;
  /** One sample's fields (scalars) to its encoded image. */
  encoded(fields: readonly tf.Tensor[]): EncodedImage;
  /** What the host can see wrong with an example now, or null. */
  fault(index: number): DatasetError | null;
}

export type Source = ArraySource | FileSource;
