/** Divides tensors into buckets that travel together. */
import { tfType } from '@kiln/engine';
import { dataTypeBytes } from '@kiln/tensorflow';
import type * as tf from '@tensorflow/tfjs-core';
import { CollectiveError } from './errors.ts';

/** Small enough that the first buckets leave early, large enough that a call costs little. */
export const defaultBucketBytes = 4 * 2 ** 20;

/** Names of the tensors in each bucket, in the given order. A bucket has one dtype and is closed before it exceeds `bucketBytes`. */
export function planBuckets(tensors: ReadonlyMap<string, tf.Tensor>, bucketBytes: number): string[][] {
  if (!(bucketBytes > 0))
    throw new CollectiveError('bad-option', `bucketBytes must be positive, got ${bucketBytes}`);
  const buckets: string[][] = [];
  const open = new Map<number, { names: string[]; bytes: number }>();
  for (const [name, tensor] of tensors) {
    const dtype = tfType(tensor);
    const bytes = tensor.size * dataTypeBytes(dtype);
    let bucket = open.get(dtype);
    if (bucket === undefined || bucket.bytes + bytes > bucketBytes) {
      bucket = { names: [], bytes: 0 };
      open.set(dtype, bucket);
      buckets.push(bucket.names);
    }
    bucket.names.push(name);
    bucket.bytes += bytes;
  }
  return buckets;
}
