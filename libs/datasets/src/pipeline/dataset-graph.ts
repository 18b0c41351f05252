/** Chains TensorFlow's dataset ops into what one iterator draws from: batch numbers, the stages, a little ahead. */
import { availableParallelism } from 'node:os';
import { rawOpAsync, type ResultSpec, type TracedFunction, tfType } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { op } from './ops.ts';
import type { BatchStage, SampleStages } from './stages.ts';
import { upload } from './upload.ts';

export interface DatasetIterator {
  /** The iterator's resource handle; disposing it ends the pipeline. */
  readonly handle: tf.Tensor;
  readonly attrs: Record<string, Uint8Array>;
  /** It can be drawn from: TensorFlow takes some 0.1 s for that, in which the JavaScript thread is free. */
  readonly ready: Promise<unknown>;
}

/** Batches made ahead of the one in use. */
const PREFETCH = 2n;
/** Samples, or batches of an array source, made at once. */
const PARALLEL = BigInt(availableParallelism());
/**
 * A serialised tensorflow.data.Options with autotune_options.enabled = false. With the tuner on, freeing an iterator held
 * up the JavaScript thread for seconds in about one run of ten; without it, in none of 21. Its sleeping thread is suspected.
 */
const UNTUNED = Uint8Array.of(0x3a, 2, 0x08, 0);
const ENDLESS = 2n ** 62n;

export function iterateBatches({ draw }: BatchStage, captured: readonly tf.Tensor[]): DatasetIterator {
  return iterate(draw.outputs, () => map(batchNumbers(), draw, captured));
}

export function iterateSamples(
  { lookUpChunks, decodeChunk, finish, chunk }: SampleStages,
  captured: readonly tf.Tensor[],
  samples: number,
): DatasetIterator {
  return iterate(finish.outputs, () => {
    const fields = lookUpChunks.outputs.map(({ dtype, shape }) => ({
      dtype,
      shape: shape?.slice(1) ?? null,
    }));
    const each = op('UnbatchDataset', [map(batchNumbers(), lookUpChunks, captured)], {
      ...elementAttrs(fields),
      ...METADATA,
    });
    const stacked = decodeChunk.outputs.map(({ dtype, shape }) => ({
      dtype,
      shape: shape && [samples / chunk, ...shape],
    }));
    const batches = op(
      'BatchDatasetV2',
      [map(each, decodeChunk, [], chunk === 1), int64(BigInt(samples / chunk)), tf.scalar(true, 'bool')],
      {
        ...elementAttrs(stacked),
        ...METADATA,
      },
    );
    return map(batches, finish);
  });
}

/** One element for each number from `first` to `end`, in this order; a failing one fails its turn and no other. */
export function iterateNumbers(
  stage: TracedFunction,
  captured: readonly tf.Tensor[],
  first: number,
  end: number,
): DatasetIterator {
  return iterate(stage.outputs, () => map(numbers(BigInt(first), BigInt(end)), stage, captured));
}

function iterate(outputs: readonly ResultSpec[], chain: () => tf.Tensor): DatasetIterator {
  const attrs = elementAttrs(outputs);
  let ready: Promise<unknown>;
  const handle = tf.tidy(() => {
    const ahead = op('PrefetchDataset', [chain(), int64(PREFETCH)], { ...attrs, ...METADATA });
    const untuned = op('OptionsDataset', [ahead], {
      serialized_options: attr.string(UNTUNED),
      ...attrs,
      ...METADATA,
    });
    const iterator = op('AnonymousIteratorV3', [], attrs);
    ready = rawOpAsync('MakeIterator', [untuned, iterator], {}, { lane: 'input' });
    return iterator;
  });
  return { handle, attrs, ready: ready! };
}

function batchNumbers(): tf.Tensor {
  return numbers(0n, ENDLESS);
}

function numbers(first: bigint, end: bigint): tf.Tensor {
  const attrs = elementAttrs([{ dtype: DataType.int64, shape: [] }]);
  return op('RangeDataset', [int64(first), int64(end), int64(1n)], { ...attrs, ...METADATA });
}

/** In parallel, results in the order of the inputs. `spread`: the ops of one call may run on several threads. */
function map(
  dataset: tf.Tensor,
  stage: TracedFunction,
  captured: readonly tf.Tensor[] = [],
  spread = true,
): tf.Tensor {
  return op('ParallelMapDatasetV2', [dataset, [...captured], int64(PARALLEL)], {
    f: attr.func(stage.name),
    Targuments: attr.typeList(captured.map((tensor) => tfType(tensor))),
    ...elementAttrs(stage.outputs),
    deterministic: attr.string('true'),
    preserve_cardinality: attr.bool(true),
    use_inter_op_parallelism: attr.bool(spread),
    ...METADATA,
  });
}

function elementAttrs(components: readonly ResultSpec[]): Record<string, Uint8Array> {
  return {
    output_types: attr.typeList(components.map(({ dtype }) => dtype)),
    output_shapes: attr.shapeList(components.map(({ shape }) => shape)),
  };
}

const METADATA = { metadata: attr.string('') };

function int64(value: bigint): tf.Tensor {
  return upload({ kind: 'int64', shape: [], data: BigInt64Array.of(value) });
}
