/** First stage: from a batch's number to the examples that this rank draws in it. Everything that varies is captured. */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { STREAMS, type DrawName } from './augmentation.ts';
import { keyedUniform } from './keyed-numbers.ts';
import { ints, op, reshape, slice, toInt64 } from './ops.ts';

/** Rows of the captured plan (int64). */
export const PLAN = { firstPosition: 0, batch: 1, numExamples: 2, firstExample: 3, seed: 4 } as const;
export const PLAN_LENGTH = 5;

export interface Chosen {
  /** int64 [samples], counted inside the range. */
  readonly indices: tf.Tensor;
  /** int64 [samples], counted in the whole source. */
  readonly examples: tf.Tensor;
  /** float32 [samples] in [0, 1) for each name, a function of (seed, position) alone. */
  readonly draws: tf.Tensor[];
}

/** number: int64 scalar, counted from the pipeline's first batch; replaced: int64 [bad samples, 2], each with its substitute. */
export function choose(
  number: tf.Tensor,
  plan: tf.Tensor,
  replaced: tf.Tensor,
  samples: number,
  names: readonly DrawName[],
): Chosen {
  const first = op('AddV2', [entry(plan, PLAN.firstPosition), op('Mul', [number, entry(plan, PLAN.batch)])]);
  const position = op('AddV2', [first, toInt64(tf.range(0, samples, 1, 'int32'))]);
  const indices = substituted(shuffled(position, plan), replaced);
  const draw = (name: DrawName) => {
    const stream = toInt64(ints(STREAMS[name], 0));
    return keyedUniform(position, op('ConcatV2', [[entry(plan, PLAN.seed), stream], tf.scalar(0, 'int32')]));
  };
  return {
    indices,
    examples: op('AddV2', [indices, entry(plan, PLAN.firstExample)]),
    draws: names.map(draw),
  };
}

/**
 * The index at each position. Every epoch is a permutation of its own: a keyed one, computed for each position alone, so there
 * is no buffer to fill and any position can be the first.
 */
function shuffled(position: tf.Tensor, plan: tf.Tensor): tf.Tensor {
  const samples = position.shape[0] as number;
  const numExamples = entry(plan, PLAN.numExamples);
  const epoch = op('FloorDiv', [position, numExamples]);
  const seed = op('Tile', [entry(plan, PLAN.seed), ints(samples)]);
  const key = op('Pack', [[seed, epoch, op('ZerosLike', [epoch])]], { axis: attr.int(1) });
  const last = op('Sub', [reshape(numExamples, []), toInt64(tf.scalar(1, 'int32'))]);
  return op('RandomIndexShuffle', [op('FloorMod', [position, numExamples]), key, last]);
}

function substituted(index: tf.Tensor, replaced: tf.Tensor): tf.Tensor {
  const samples = index.shape[0] as number;
  const bad = replaced.shape[0] as number;
  if (bad === 0) return index;
  const column = reshape(index, [samples, 1]);
  const [from, to] = [0, 1].map((which) => reshape(slice(replaced, [0, which], [bad, 1]), [1, bad])) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const hit = toInt64(op('Equal', [column, from]));
  const change = op('Mul', [hit, op('Sub', [to, column])]);
  return op('AddV2', [index, op('Sum', [change, tf.scalar(1, 'int32')])]);
}

function entry(plan: tf.Tensor, row: number): tf.Tensor {
  return slice(plan, [row], [1]);
}
