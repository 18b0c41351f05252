/**
 * Random numbers as a pure function of a key. On CPUs the bits depend on the key and the shape
 * only: not on threads, nor on whether the step is compiled; element i of `normal` and `uniform` depends on the
 * key and i alone, so a longer draw begins with a shorter one. XLA uses other algorithms and gives other numbers;
 * GPUs are not promised to agree with CPUs in the last bit.
 */
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { attr } from '@kiln/tensorflow';
import { isTracingForXla } from './active-trace.ts';
import { dtypeOf } from './dtypes.ts';
import { EngineError } from './errors.ts';
import { drawRows, rowsOf, type Rows } from './random-rows.ts';
import { rawOp } from './raw-op.ts';

/** int32 [2] */
export type Key = tf.Tensor1D;

/** `numbers` is what follows the shape and the seed in the op's inputs. */
function draw(
  op: string,
  shape: readonly number[],
  key: Key,
  dtype: 'float32' | 'int32' | null,
  ...numbers: tf.Tensor[]
): tf.Tensor {
  return tf.tidy(() => {
    const dims = tf.tensor1d([...shape], 'int32');
    const attrs = dtype === null ? {} : { dtype: attr.type(dtypeOf(dtype)) };
    return rawOp(op, [dims, key, ...numbers], attrs)[0] as tf.Tensor;
  });
}

function asInt32(n: number | tf.Tensor): tf.Tensor {
  if (typeof n !== 'number') return n;
  if (n !== (n | 0)) throw new EngineError('bad-seed', `expected a 32-bit integer, got ${n}`);
  return tf.scalar(n, 'int32');
}

const between = (unit: tf.Tensor, lo: number, hi: number): tf.Tensor =>
  lo === 0 && hi === 1 ? unit : tf.add(tf.mul(unit, hi - lo), lo);

export const random = {
  /** The root key of a named stream of numbers. `seed` is any safe integer. */
  key(seed: number, stream: string): Key {
    if (!Number.isSafeInteger(seed))
      throw new EngineError('bad-seed', `a seed must be a safe integer, got ${seed}`);
    const digest = createHash('sha256').update(`${seed}/${stream}`).digest();
    return tf.tensor1d([digest.readInt32LE(0), digest.readInt32LE(4)], 'int32');
  },

  /** A key of its own for each `n`, for example a step or a global sample index: a number, or an int32 scalar. */
  fold(key: Key, n: number | tf.Tensor): Key {
    return tf.tidy(() => {
      const seed = tf.add(key, tf.stack([asInt32(n), tf.scalar(0, 'int32')])) as Key;
      return draw('StatelessRandomUniformFullInt', [2], seed, 'int32') as Key;
    });
  },

  /** Mean 0, standard deviation 1. */
  normal(shape: readonly number[], key: Key): tf.Tensor {
    return draw('StatelessRandomNormal', shape, key, 'float32');
  },

  /** Rows of `normal([rows.total, ...shape], key)`, to the last bit, at the cost of these rows alone. */
  normalRows(shape: readonly number[], rows: Rows, key: Key): tf.Tensor {
    return tf.tidy(() =>
      // XLA's numbers depend on the length of a draw.
      isTracingForXla()
        ? rowsOf(random.normal([rows.total, ...shape], key), rows.first, [rows.count, ...shape])
        : drawRows('StatelessRandomNormal', shape, rows, key),
    );
  },

  /** Normal, redrawn beyond two standard deviations. */
  truncatedNormal(shape: readonly number[], key: Key): tf.Tensor {
    return draw('StatelessTruncatedNormal', shape, key, 'float32');
  },

  /** In [lo, hi). */
  uniform(shape: readonly number[], key: Key, lo = 0, hi = 1): tf.Tensor {
    return tf.tidy(() => between(draw('StatelessRandomUniform', shape, key, 'float32'), lo, hi));
  },

  /** Rows of `uniform([rows.total, ...shape], key, lo, hi)`, to the last bit, at the cost of these rows alone. */
  uniformRows(shape: readonly number[], rows: Rows, key: Key, lo = 0, hi = 1): tf.Tensor {
    return tf.tidy(() =>
      isTracingForXla()
        ? rowsOf(random.uniform([rows.total, ...shape], key, lo, hi), rows.first, [rows.count, ...shape])
        : between(drawRows('StatelessRandomUniform', shape, rows, key), lo, hi),
    );
  },

  /** int32 in [lo, hi). */
  integers(shape: readonly number[], key: Key, lo: number, hi: number): tf.Tensor {
    return tf.tidy(() => draw('StatelessRandomUniformInt', shape, key, null, asInt32(lo), asInt32(hi)));
  },
};
