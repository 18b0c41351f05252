/** One running tf.data pipeline: the map function, what it captured, and the iterator over it, made and freed together. */
import { rawOpAsync, tfType, traceFunction, type TracedFunction } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { firstPosition, type Order, positionsOf } from '../order.ts';
import { type DatasetIterator, makeIterator } from './dataset-graph.ts';
import { mapCall, type MapOptions, PLAN_LENGTH, shuffledIndices } from './map-function.ts';
import { toInt32 } from './ops.ts';
import { upload } from './upload.ts';

export interface PipelineOptions extends MapOptions {
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

let made = 0;

export class Pipeline {
  readonly #cancel = new AbortController();
  readonly #order: Order;
  readonly #own: tf.Tensor[];
  readonly #captured: tf.Tensor[];
  readonly #function: TracedFunction;
  readonly #iterator: DatasetIterator;
  #pending: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(options: PipelineOptions) {
    const { order, samplesPerCall } = options;
    this.#order = order;
    this.#own = [planOf(options), replacedOf(options.substitutes)];
    this.#captured = [...this.#own, ...options.arrays];
    this.#function = traceMap(options, this.#captured);
    this.#iterator = makeIterator({
      functionName: this.#function.name,
      captured: this.#captured,
      components: this.#function.outputs,
      stack: samplesPerCall === 1 ? order.local : null,
    });
  }

  /** Images, labels and indices of the next batch; the caller owns them. */
  next(): Promise<tf.Tensor[]> {
    const { handle, attrs } = this.#iterator;
    return this.#track(
      rawOpAsync('IteratorGetNext', [handle], attrs, { lane: 'input', signal: this.#cancel.signal }),
    );
  }

  /** Runs one call of the map function alone; rejects with what TensorFlow says about it. */
  async tryCall(call: number): Promise<void> {
    const { name, outputs } = this.#function;
    const args = [
      upload({ kind: 'int64', shape: [], data: BigInt64Array.of(BigInt(call)) }),
      ...this.#captured,
    ];
    const attrs = {
      f: attr.func(name),
      Tin: attr.typeList(args.map((arg) => tfType(arg))),
      Tout: attr.typeList(outputs.map(({ dtype }) => dtype)),
    };
    try {
      tf.dispose(await this.#track(rawOpAsync('StatefulPartitionedCall', [args], attrs, { lane: 'input' })));
    } finally {
      args[0]?.dispose();
    }
  }

  /** The indices of this rank's samples in global batch `k`, before substitution. */
  indices(k: number): Promise<number[]> {
    const positions = positionsOf(this.#order, k);
    const indices = tf.tidy(() => {
      const position = upload({
        kind: 'int64',
        shape: [positions.length],
        data: BigInt64Array.from(positions, BigInt),
      });
      return toInt32(shuffledIndices(position, this.#own[0] as tf.Tensor));
    });
    return indices
      .data()
      .then((values) => [...values])
      .finally(() => indices.dispose());
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
    this.#function.dispose();
  }

  #track<T>(call: Promise<T>): Promise<T> {
    this.#pending = Promise.allSettled([this.#pending, call]);
    return call;
  }
}

function traceMap(options: MapOptions, captured: readonly tf.Tensor[]): TracedFunction {
  const specs = captured.map((tensor) => ({ shape: tensor.shape, tfDtype: tfType(tensor) }));
  const body = (call: tf.Tensor, plan: tf.Tensor, replaced: tf.Tensor, ...arrays: tf.Tensor[]) =>
    mapCall(options, call, plan, replaced, arrays);
  return traceFunction(`kiln_draw_${made++}`, body as (...args: tf.Tensor[]) => tf.Tensor[], [
    { shape: [], tfDtype: DataType.int64 },
    ...specs,
  ]);
}

function planOf({ order, numExamples, firstExample, firstBatch }: PipelineOptions): tf.Tensor {
  const plan = [
    firstPosition(order, firstBatch),
    order.batch,
    order.local,
    numExamples,
    firstExample,
    order.seed,
  ];
  return upload({ kind: 'int64', shape: [PLAN_LENGTH], data: BigInt64Array.from(plan, BigInt) });
}

function replacedOf(substitutes: PipelineOptions['substitutes']): tf.Tensor {
  return upload({
    kind: 'int64',
    shape: [substitutes.length, 2],
    data: BigInt64Array.from(substitutes.flat(), BigInt),
  });
}
