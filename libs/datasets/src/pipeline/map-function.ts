/** The function that tf.data runs in parallel: from a call's number to finished samples. Everything that varies is captured. */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { Source, Target } from '../sources/source.ts';
import { mirrorHalf } from './mirror.ts';
import { op, reshape, slice, toFloat, toInt32, toInt64 } from './ops.ts';
import { fitImages } from './resize.ts';

/** Rows of the captured plan (int64). */
export const PLAN = {
  firstPosition: 0,
  batch: 1,
  local: 2,
  numExamples: 3,
  firstExample: 4,
  seed: 5,
} as const;
export const PLAN_LENGTH = 6;

export interface MapOptions {
  readonly source: Source;
  readonly target: Target;
  readonly mirror: boolean;
  /** Samples drawn by one call: this rank's whole batch, or one. */
  readonly samplesPerCall: number;
}

/**
 * `call`: int64 scalar. `plan`: int64 [PLAN_LENGTH]. `replaced`: int64 [bad samples, 2], each with its substitute.
 * Gives images, labels and indices: [samples, …], or without that dimension when one call draws one sample.
 */
export function mapCall(
  options: MapOptions,
  call: tf.Tensor,
  plan: tf.Tensor,
  replaced: tf.Tensor,
  arrays: readonly tf.Tensor[],
): tf.Tensor[] {
  const { source, target, mirror, samplesPerCall } = options;
  const position = positions(call, samplesPerCall, plan);
  const index = substituted(shuffledIndices(position, plan), replaced);
  const drawn = source.draw(op('AddV2', [index, entry(plan, PLAN.firstExample)]), arrays, target);
  const fitted = fitImages(drawn.images, source.size, target);
  const images = mirror ? mirrorHalf(fitted, position, entry(plan, PLAN.seed)) : fitted;
  // Symmetric about 0, and exactly -1 and 1 at the ends.
  const values = tf.mul(tf.sub(toFloat(images), 127.5), 1 / 127.5);
  const outputs = [values, drawn.labels, toInt32(index)];
  return samplesPerCall === 1 ? outputs.map((output) => reshape(output, output.shape.slice(1))) : outputs;
}

/**
 * The index at each position. Every epoch is a permutation of its own: a keyed one, computed for each position alone, so there
 * is no buffer to fill and any position can be the first. position: int64 [samples]; gives the same.
 */
export function shuffledIndices(position: tf.Tensor, plan: tf.Tensor): tf.Tensor {
  const samples = position.shape[0] as number;
  const numExamples = entry(plan, PLAN.numExamples);
  const epoch = op('FloorDiv', [position, numExamples]);
  const seed = op('Tile', [entry(plan, PLAN.seed), tf.tensor1d([samples], 'int32')]);
  const key = op('Pack', [[seed, epoch, op('ZerosLike', [epoch])]], { axis: attr.int(1) });
  const last = op('Sub', [reshape(numExamples, []), toInt64(tf.scalar(1, 'int32'))]);
  return op('RandomIndexShuffle', [op('FloorMod', [position, numExamples]), key, last]);
}

/** Global positions of the call's samples: whole batches apart, contiguous inside one. int64 [samples] */
function positions(call: tf.Tensor, samples: number, plan: tf.Tensor): tf.Tensor {
  const count = op('AddV2', [
    op('Mul', [call, toInt64(tf.scalar(samples, 'int32'))]),
    toInt64(tf.range(0, samples, 1, 'int32')),
  ]);
  const local = entry(plan, PLAN.local);
  const batches = op('Mul', [op('FloorDiv', [count, local]), entry(plan, PLAN.batch)]);
  return op('AddV2', [
    op('AddV2', [entry(plan, PLAN.firstPosition), batches]),
    op('FloorMod', [count, local]),
  ]);
}

function entry(plan: tf.Tensor, row: number): tf.Tensor {
  return slice(plan, [row], [1]);
}

/** replaced: int64 [bad samples, 2], each with its substitute. */
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
