/** Chains TensorFlow's dataset ops into what one iterator draws from: call numbers, the map function, batches, a little ahead. */
import { rawOp, tfType, type ResultSpec } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { op } from './ops.ts';
import { upload } from './upload.ts';

export interface GraphOptions {
  readonly functionName: string;
  readonly captured: readonly tf.Tensor[];
  /** Of the map function. */
  readonly components: readonly ResultSpec[];
  /** Samples to stack after the map; null where one call already draws a batch. */
  readonly stack: number | null;
}

export interface DatasetIterator {
  /** The iterator's resource handle; disposing it ends the pipeline. */
  readonly handle: tf.Tensor;
  readonly attrs: Record<string, Uint8Array>;
}

/** Batches made ahead of the one in use. */
const PREFETCH = 2n;
const AUTOTUNE = -1n;
const ENDLESS = 2n ** 62n;

export function makeIterator({ functionName, captured, components, stack }: GraphOptions): DatasetIterator {
  const outputs =
    stack === null ? components : components.map(({ dtype, shape }) => ({ dtype, shape: shape === null ? null : [stack, ...shape] }));
  const attrs = elementAttrs(outputs);
  const handle = tf.tidy(() => {
    const calls = op('RangeDataset', [int64(0n), int64(ENDLESS), int64(1n)], {
      ...elementAttrs([{ dtype: DataType.int64, shape: [] }]),
      ...metadata,
    });
    const drawn = op('ParallelMapDatasetV2', [calls, [...captured], int64(AUTOTUNE)], {
      f: attr.func(functionName),
      Targuments: attr.typeList(captured.map((tensor) => tfType(tensor))),
      ...elementAttrs(components),
      deterministic: attr.string('true'),
      preserve_cardinality: attr.bool(true),
      ...metadata,
    });
    const batches =
      stack === null
        ? drawn
        : op('BatchDatasetV2', [drawn, int64(BigInt(stack)), tf.scalar(true, 'bool')], {
            ...attrs,
            ...metadata,
          });
    const ahead = op('PrefetchDataset', [batches, int64(PREFETCH)], { ...attrs, ...metadata });
    const iterator = op('AnonymousIteratorV3', [], attrs);
    rawOp('MakeIterator', [ahead, iterator]);
    return iterator;
  });
  return { handle, attrs };
}

function elementAttrs(components: readonly ResultSpec[]): Record<string, Uint8Array> {
  return {
    output_types: attr.typeList(components.map(({ dtype }) => dtype)),
    output_shapes: attr.shapeList(components.map(({ shape }) => shape)),
  };
}

const metadata = { metadata: attr.string('') };

function int64(value: bigint): tf.Tensor {
  return upload({ kind: 'int64', shape: [], data: BigInt64Array.of(value) });
}
