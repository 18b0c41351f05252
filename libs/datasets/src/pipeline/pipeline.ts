/** One running tf.data pipeline: the stages, what they captured, and the iterator over them, made and freed together. */
import { rawOpAsync, type TracedFunction, tfType } from '@kiln/engine';
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { firstPosition, type Order } from '../order.ts';
import type { Source } from '../sources/source.ts';
import { PLAN_LENGTH } from './choose.ts';
import { isSamplewise } from './augmentation.ts';
import { type DatasetIterator, iterateBatches, iterateSamples } from './dataset-graph.ts';
import { reshape, slice } from './ops.ts';
import { type SampleStages, type StageOptions, traceBatchStage, traceSampleStages } from './stages.ts';
import { upload } from './upload.ts';

export interface PipelineOptions extends Omit<StageOptions, 'samples'> {
  readonly source: Source;
  readonly order: Order;
  /** Examples in the range, and the first of them. */
  readonly numExamples: number;
  readonly firstExample: number;
  /** The source's arrays, uploaded. */
  readonly arrays: readonly tf.Tensor[];
  readonly substitutes: readonly [bad: number, substitute: number][];
  /** Global batch to begin with. */
  readonly firstBatch: number;
}

/** A sample of a batch, and the attempt to decode it alone, which rejects with what TensorFlow says about it. */
export type Inspect = (index: number, decode: () => Promise<void>) => Promise<void>;

export class Pipeline {
  readonly #cancel = new AbortController();
  readonly #firstBatch: number;
  /** Plan and substitutes. */
  readonly #own: tf.Tensor[];
  readonly #captured: tf.Tensor[];
  readonly #stages: TracedFunction[];
  readonly #sampleStages: SampleStages | null;
  readonly #iterator: DatasetIterator;
  #pending: Promise<unknown>;
  #closing: Promise<void> | null = null;

  constructor(options: PipelineOptions) {
    const { source, order } = options;
    const { target, fit, augmentation } = options;
    const stageOptions = { target, fit, augmentation, samples: order.local };
    this.#firstBatch = options.firstBatch;
    this.#own = [planOf(options), replacedOf(options.substitutes)];
    this.#captured = [...this.#own, ...options.arrays];
    if (source.kind === 'array' && !isSamplewise(augmentation)) {
      const stages = traceBatchStage(source, stageOptions, this.#captured);
      this.#sampleStages = null;
      this.#stages = [stages.draw];
      this.#iterator = iterateBatches(stages, this.#captured);
    } else {
      const stages = traceSampleStages(source, stageOptions, this.#captured);
      this.#sampleStages = stages;
      const { lookUp, decode, lookUpChunks, decodeChunk, finish } = stages;
      this.#stages = [lookUp, decode, lookUpChunks, decodeChunk, finish];
      this.#iterator = iterateSamples(stages, this.#captured, order.local);
    }
    this.#pending = Promise.allSettled([this.#iterator.ready]);
  }

  /** Images, labels and indices of the next batch; the caller owns them. */
  next(): Promise<tf.Tensor[]> {
    const { handle, attrs, ready } = this.#iterator;
    const options = { lane: 'input', signal: this.#cancel.signal } as const;
    return this.#track(ready.then(() => rawOpAsync('IteratorGetNext', [handle], attrs, options)));
  }

  /** Goes through the samples of global batch `k` one by one, outside the iterator. Arrays in memory have nothing to show. */
  async inspect(k: number, inspect: Inspect): Promise<void> {
    if (!this.#sampleStages) return;
    const { lookUp, decode } = this.#sampleStages;
    const number = upload({ kind: 'int64', shape: [], data: BigInt64Array.of(BigInt(k - this.#firstBatch)) });
    const fields = await this.#call(lookUp, [number, ...this.#captured]).finally(() => number.dispose());
    try {
      for (const [j, index] of (await (fields[1] as tf.Tensor).data()).entries()) {
        const sample = fields.map((field) => tf.tidy(() => reshape(slice(field, [j], [1]), [])));
        await inspect(index, async () => void tf.dispose(await this.#call(decode, sample)));
        tf.dispose(sample);
      }
    } finally {
      tf.dispose(fields);
    }
  }

  /** Wakes a waiting `next` with an error and frees everything. */
  close(): Promise<void> {
    this.#closing ??= this.#free();
    return this.#closing;
  }

  async #free(): Promise<void> {
    this.#cancel.abort();
    await this.#pending;
    this.#iterator.handle.dispose();
    tf.dispose(this.#own);
    for (const stage of this.#stages) stage.dispose();
  }

  #call({ name, outputs }: TracedFunction, args: tf.Tensor[]): Promise<tf.Tensor[]> {
    const attrs = {
      f: attr.func(name),
      Tin: attr.typeList(args.map((arg) => tfType(arg))),
      Tout: attr.typeList(outputs.map(({ dtype }) => dtype)),
    };
    return this.#track(rawOpAsync('StatefulPartitionedCall', [args], attrs, { lane: 'input' }));
  }

  #track<T>(call: Promise<T>): Promise<T> {
    this.#pending = Promise.allSettled([this.#pending, call]);
    return call;
  }
}

function planOf({ order, numExamples, firstExample, firstBatch }: PipelineOptions): tf.Tensor {
  const plan = [firstPosition(order, firstBatch), order.batch, numExamples, firstExample, order.seed];
  return upload({ kind: 'int64', shape: [PLAN_LENGTH], data: BigInt64Array.from(plan, BigInt) });
}

function replacedOf(substitutes: PipelineOptions['substitutes']): tf.Tensor {
  return upload({
    kind: 'int64',
    shape: [substitutes.length, 2],
    data: BigInt64Array.from(substitutes.flat(), BigInt),
  });
}
