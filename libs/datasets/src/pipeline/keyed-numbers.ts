/**
 * Random numbers for many counters in one op. TensorFlow's stateless generators take one key for a whole tensor; a keyed
 * permutation of the counters gives every sample its own number, a function of (key, counter) alone.
 */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { op, toFloat, toInt64 } from './ops.ts';

const COUNTER_BITS = 60;
/** Exactly as many as a float32 holds. */
const NUMBER_BITS = 24;
/** The permutation is a block cipher; its default of 4 rounds is meant for shuffling, too few to hide a counter's bits. */
const ROUNDS = 16;

/** counters: int64 [n], from 0 to 2^60 - 1; key: int64 [3]. Gives float32 [n] in [0, 1). */
export function keyedUniform(counters: tf.Tensor, key: tf.Tensor): tf.Tensor {
  const one = toInt64(tf.scalar(1, 'int32'));
  const last = op('Sub', [op('LeftShift', [one, toInt64(tf.scalar(COUNTER_BITS, 'int32'))]), one]);
  const mixed = op('RandomIndexShuffle', [counters, key, last], { rounds: attr.int(ROUNDS) });
  const low = op('FloorMod', [mixed, toInt64(tf.scalar(2 ** NUMBER_BITS, 'int32'))]);
  return tf.div(toFloat(low), 2 ** NUMBER_BITS);
}
