/** Batches of one worker, from any position of a run on and with a batch that may change between stages. */
import type { BatchIterator, Dataset } from '@kiln/datasets';
import * as tf from '@tensorflow/tfjs-core';

export interface FeedOptions {
  readonly dataset: Dataset;
  readonly seed: number;
  readonly rank: number;
  readonly worldSize: number;
}

export class Feed {
  readonly #options: FeedOptions;
  #open: { batch: number; next: number; batches: BatchIterator; rows: tf.Tensor } | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** int32 `[localBatch]`: positions of this worker's samples in the global batch last read. */
  get rows(): tf.Tensor {
    return this.#open!.rows;
  }

  /** This worker's share of `count` global batches of `batch` samples, from global position `cursor` on. */
  async read(
    cursor: number,
    batch: number,
    count: number,
  ): Promise<{ images: tf.Tensor; labels: tf.Tensor }[]> {
    await this.openAt(cursor, batch);
    const open = this.#open!;
    const result = [];
    for (let index = 0; index < count; index++) {
      const { images, labels } = await open.batches.next();
      open.next += batch;
      result.push({ images, labels });
    }
    return result;
  }

  /** The first batches are made while others use the JavaScript thread. */
  async openAt(cursor: number, batch: number): Promise<void> {
    if (this.#open?.batch === batch && this.#open.next === cursor) return;
    await this.close();
    const { dataset, seed, rank, worldSize } = this.#options;
    const share = batch / worldSize;
    this.#open = {
      batch,
      next: cursor,
      batches: dataset.batches({ seed, batch, rank, worldSize, startIndex: cursor }),
      rows: tf.keep(
        tf.tensor1d(
          Array.from({ length: share }, (_, i) => rank * share + i),
          'int32',
        ),
      ),
    };
  }

  async close(): Promise<void> {
    await this.#open?.batches.close();
    this.#open?.rows.dispose();
    this.#open = undefined;
  }
}
