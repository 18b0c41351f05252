/** Hands out the batches of one rank in their global order; finds, names and (where allowed) replaces unusable samples. */
import { TensorFlowError } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { DatasetError } from './errors.ts';
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
  /** Global batch that the pipeline began with, and the next one to hand out. */
  #first = 0;
  #next = 0;
  #closed = false;
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
    this.#first = this.#next;
    return new Pipeline({
      ...this.#options,
      substitutes: this.#options.quarantine.substitutes(),
      firstBatch: this.#next,
    });
  }

  async #draw(): Promise<Batch> {
    for (let attempt = 0; ; attempt++) {
      if (this.#closed) throw new DatasetError('closed', 'a batch was asked of a closed iterator');
      try {
        const [images, labels, index] = (await this.#pipeline.next()) as [
          tf.Tensor4D,
          tf.Tensor1D,
          tf.Tensor,
        ];
        const indices = await index.data();
        index.dispose();
        this.#next += 1;
        return { images, labels, indices: [...indices] };
      } catch (error) {
        if (this.#closed) continue;
        await this.#repair(error, attempt);
      }
    }
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

  async #faultsOf(batch: number): Promise<Map<number, DatasetError>> {
    const { source, firstExample, samplesPerCall, order, quarantine } = this.#options;
    const substitutes = new Map(quarantine.substitutes());
    const faults = new Map<number, DatasetError>();
    for (const [j, drawn] of (await this.#pipeline.indices(batch)).entries()) {
      const index = substitutes.get(drawn) ?? drawn;
      if (faults.has(index)) continue;
      const fault =
        source.fault(firstExample + index) ??
        (samplesPerCall === 1
          ? await this.#decodeFault(index, (batch - this.#first) * order.local + j)
          : null);
      if (fault) faults.set(index, fault);
    }
    return faults;
  }

  async #decodeFault(index: number, call: number): Promise<DatasetError | null> {
    try {
      await this.#pipeline.tryCall(call);
      return null;
    } catch (cause) {
      const { source, firstExample } = this.#options;
      return new DatasetError(
        'malformed',
        `cannot be decoded: ${messageOf(cause)}; repair or remove it, or allow some with skipBad`,
        { ...source.locate(firstExample + index), cause },
      );
    }
  }
}

function unexplained(cause: unknown): DatasetError {
  return new DatasetError(
    'unreadable',
    `a batch failed twice, though each of its samples can be read: ${messageOf(cause)}`,
    { cause },
  );
}

/** TensorFlow's own words without its account of the nodes involved. */
function messageOf(cause: unknown): string {
  const text = cause instanceof TensorFlowError ? cause.detail : String(cause);
  return text
    .replaceAll(/\{\{[^}]*\}\}\s*/g, '')
    .replace(/^(\w+PartitionedCall: ?)+/, '')
    .replace(/\s*(\n.*|\[Op:.*)$/s, '')
    .trim();
}
