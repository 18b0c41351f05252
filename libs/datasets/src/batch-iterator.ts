/** Hands out the batches of one rank in their global order; finds, names and (where allowed) replaces unusable samples. */
import * as tf from '@tensorflow/tfjs-core';
import { DatasetError } from './errors.ts';
import { messageOf, undecodable } from './pipeline/decode-fault.ts';
import { Pipeline, type PipelineOptions } from './pipeline/pipeline.ts';
import type { Quarantine } from './pipeline/quarantine.ts';

export interface Batch {
  /** float32 [samples of this rank, height, width, channels] in [-1, 1]. The caller disposes it. */
  readonly images: tf.Tensor4D;
  /** int32 [samples of this rank]. The caller disposes it. */
  readonly labels: tf.Tensor1D;
  /** Which examples they are, counted inside the range. */
  readonly indices: number[];
}

export interface IteratorOptions extends Omit<PipelineOptions, 'substitutes' | 'firstBatch'> {
  readonly quarantine: Quarantine;
  /** Told of every sample that is replaced. */
  readonly onBadSample?: ((fault: DatasetError) => void) | undefined;
}

export class BatchIterator {
  readonly #options: IteratorOptions;
  #pipeline: Pipeline;
  /** The next global batch to hand out. */
  #next = 0;
  #closed = false;
  /** What ended this iterator; it stays ended. */
  #failure: { readonly error: unknown } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: IteratorOptions) {
    this.#options = options;
    this.#pipeline = this.#begin();
  }

  /** Examples replaced so far, with their reasons, by index inside the range. */
  get quarantined(): ReadonlyMap<number, DatasetError> {
    return this.#options.quarantine.faults;
  }

  /** The next batch. Endless; calls are answered in their order. */
  next(): Promise<Batch> {
    const batch = this.#turn.then(() => this.#draw());
    this.#turn = batch.catch(() => null);
    return batch;
  }

  /** Frees the pipeline; a `next` that waits fails with code `closed`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pipeline.close();
  }

  #begin(): Pipeline {
    return new Pipeline({
      ...this.#options,
      substitutes: this.#options.quarantine.substitutes(),
      firstBatch: this.#next,
    });
  }

  async #draw(): Promise<Batch> {
    for (let attempt = 0; ; attempt++) {
      if (this.#closed) throw new DatasetError('closed', 'a batch was asked of a closed iterator');
      if (this.#failure) throw this.#failure.error;
      try {
        const drawn = await this.#pipeline.next();
        if (!this.#closed) return await this.#handOut(drawn);
        tf.dispose(drawn);
      } catch (error) {
        if (!this.#closed)
          await this.#repair(error, attempt).catch(
            (failure: unknown) => (this.#failure = { error: failure }),
          );
      }
    }
  }

  async #handOut(drawn: tf.Tensor[]): Promise<Batch> {
    const [images, labels, index] = drawn as [tf.Tensor4D, tf.Tensor1D, tf.Tensor];
    const indices = await index.data();
    index.dispose();
    this.#next += 1;
    return { images, labels, indices: [...indices] };
  }

  /** After a failed batch: finds the samples to blame, and begins anew at the same batch without them. */
  async #repair(error: unknown, attempt: number): Promise<void> {
    const { quarantine, onBadSample } = this.#options;
    const faults = await this.#faultsOf(this.#next);
    // Nothing to blame: the failure may pass (a network file system), but not for ever.
    if (faults.size === 0 && attempt > 0) throw unexplained(error);
    for (const [index, fault] of faults) {
      quarantine.add(index, fault);
      onBadSample?.(fault);
    }
    await this.#pipeline.close();
    if (!this.#closed) this.#pipeline = this.#begin();
  }

  /** Looks at each sample of a failed batch: first as the host sees it, then by decoding it alone. */
  async #faultsOf(batch: number): Promise<Map<number, DatasetError>> {
    const { source, firstExample } = this.#options;
    const faults = new Map<number, DatasetError>();
    if (source.kind === 'array') return faults;
    await this.#pipeline.inspect(batch, async (index, decode) => {
      if (faults.has(index)) return;
      const fault =
        source.fault(firstExample + index) ??
        (await decode().then(
          () => null,
          (cause: unknown) => undecodable(source.locate(firstExample + index), cause),
        ));
      if (fault) faults.set(index, fault);
    });
    return faults;
  }
}

function unexplained(cause: unknown): DatasetError {
  return new DatasetError(
    'unreadable',
    `a batch failed twice, though each of its samples can be read: ${messageOf(cause)}`,
    { cause },
  );
}
