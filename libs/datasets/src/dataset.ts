/** Opens a data set for training: the host's checks, the arrays uploaded, and iterators over any part of its global order. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchIterator } from './batch-iterator.ts';
import { type DatasetDescription, openAndDescribe, type OpenedSource } from './description.ts';
import { DatasetError } from './errors.ts';
import { type OrderOptions, resolveOrder } from './order.ts';
import { augmentationOf } from './pipeline/augmentation.ts';
import { Quarantine } from './pipeline/quarantine.ts';
import { upload } from './pipeline/upload.ts';
import type { DataSpec } from './spec/data-spec.ts';

export interface BatchOptions extends OrderOptions {
  /** Told of every sample that `skipBad` lets the iterator replace. */
  readonly onBadSample?: (fault: DatasetError) => void;
}

/** Needs a started engine. */
export async function openDataset(spec: DataSpec): Promise<Dataset> {
  return new Dataset(spec, await openAndDescribe(spec));
}

export class Dataset implements DatasetDescription {
  readonly source: DataSpec['source'];
  readonly path: string | null;
  readonly numExamples: number;
  readonly imageShape: readonly [number, number, number];
  readonly numClasses: number;
  readonly classNames: readonly string[];
  readonly classCounts: readonly number[];
  readonly fingerprint: string;
  readonly #spec: DataSpec;
  readonly #opened: OpenedSource;
  readonly #arrays: tf.Tensor[];
  #disposed = false;

  constructor(spec: DataSpec, opened: OpenedSource) {
    const { description } = opened;
    this.source = description.source;
    this.path = description.path;
    this.numExamples = description.numExamples;
    this.imageShape = description.imageShape;
    this.numClasses = description.numClasses;
    this.classNames = description.classNames;
    this.classCounts = description.classCounts;
    this.fingerprint = description.fingerprint;
    this.#spec = spec;
    this.#opened = opened;
    this.#arrays = opened.source.arrays.map((array) => upload(array));
    opened.source.arrays.length = 0;
  }

  /** This rank's batches from `startIndex` on. What lies at a position depends on `seed` and the position alone. */
  batches(options: BatchOptions): BatchIterator {
    if (this.#disposed) throw new DatasetError('closed', 'batches were asked of a disposed dataset');
    const { source, target, first, description } = this.#opened;
    const order = resolveOrder(options);
    const { fit = 'crop', skipBad = 0 } = this.#spec;
    const { numExamples } = description;
    return new BatchIterator({
      source,
      target,
      fit,
      augmentation: augmentationOf(this.#spec),
      order,
      numExamples,
      firstExample: first,
      arrays: this.#arrays,
      quarantine: new Quarantine(numExamples, skipBad, faultsInRange(this.#opened)),
      onBadSample: options.onBadSample,
    });
  }

  /** Where an example comes from; nothing for a drawn one. */
  locate(index: number): { file?: string; offset?: number } {
    return this.#opened.source.locate(this.#opened.first + index);
  }

  /** Frees the arrays. Iterators are to be closed before. */
  dispose(): void {
    this.#disposed = true;
    tf.dispose(this.#arrays);
  }
}

function faultsInRange({ source, first, description }: OpenedSource): Map<number, DatasetError> {
  const shifted = [...source.faults].map(([index, fault]) => [index - first, fault] as const);
  return new Map(shifted.filter(([index]) => index >= 0 && index < description.numExamples));
}
