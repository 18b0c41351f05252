/** Arrays of the host, summed or gathered over all ranks off the JavaScript thread. For what is rare: every call compiles a function. */
import { setTimeout as pause } from 'node:timers/promises';
import { compile, rawOp, StateCell } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { allGather } from './all-gather.ts';
import { allReduce } from './all-reduce.ts';
import { CollectiveError } from './errors.ts';
import { worldSize } from './group.ts';
import { allReduceAside } from './ops.ts';

async function run(name: string, x: tf.Tensor, body: (x: tf.Tensor) => tf.Tensor): Promise<tf.TypedArray> {
  const none = new StateCell({});
  const compiled = compile(name, (_: {}, inputs: { x: tf.Tensor }) => ({
    state: {},
    outputs: body(inputs.x),
  }));
  try {
    const output = await compiled.run(none, { x });
    const values = await output.data();
    output.dispose();
    return values;
  } finally {
    x.dispose();
    compiled.dispose();
  }
}

const bitcast = (x: tf.Tensor, dtype: number): tf.Tensor =>
  rawOp('Bitcast', [x], { type: attr.type(dtype) })[0]!;

/** Sums in rank order and in double precision; every rank gets the same bits. All ranks pass as many numbers. */
export async function sumDoubles(values: Float64Array, label: string): Promise<Float64Array> {
  if (worldSize() === 1) return values.slice();
  // tfjs has no doubles: they travel as pairs of int32 with the same bits.
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const sums = await run(label, tf.tensor2d(halves, [values.length, 2], 'int32'), (x) =>
    bitcast(allReduce(bitcast(x, DataType.double), 'sum', label), DataType.int32),
  );
  return new Float64Array(Int32Array.from(sums).buffer);
}

/** Every rank's numbers behind one another, in rank order. All ranks pass as many. */
export async function gatherFloats(values: Float32Array, label: string): Promise<Float32Array> {
  if (worldSize() === 1) return values.slice();
  return (await run(label, tf.tensor1d(values), (x) => allGather(x, label))) as Float32Array;
}

export interface TogetherOptions {
  /** Between two rounds in which the ranks say how far they are. Default 5 s. */
  readonly longestPauseMs?: number;
  /** Whether this rank wants the work to end early: then it ends on all ranks. */
  readonly giveUp?: (() => boolean) | undefined;
}

/**
 * Work that may take one rank minutes longer than another: each says again and again how far it is, where a single collective would
 * give the others up (`opTimeoutMs`). Resolves on all ranks when it is done on all. Given up, its signal is aborted and it is waited
 * for; then all ranks throw a `CollectiveError` with code `given-up`.
 */
export async function together<T>(
  begin: (signal: AbortSignal) => Promise<T>,
  label: string,
  { longestPauseMs = 5000, giveUp = () => false }: TogetherOptions = {},
): Promise<T> {
  const controller = new AbortController();
  const work = begin(controller.signal);
  let done = false;
  const ended = work.then(() => (done = true));
  // It is heard of below, but perhaps only after a collective.
  ended.catch(() => {});
  for (let pauseMs = 20; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const [numDone, numUnwilling] = await countRanks([done, giveUp()], label);
    if (numDone === worldSize()) return work;
    if (numUnwilling! > 0) {
      controller.abort();
      await ended.catch(() => {});
      throw new CollectiveError('given-up', `${label} was given up before its end`);
    }
    // Whoever is done waits in the next collective for those that pause.
    await Promise.race([ended, pause(pauseMs)]);
  }
}

/** On how many ranks each flag is set. */
async function countRanks(flags: readonly boolean[], label: string): Promise<number[]> {
  const own = flags.map(Number);
  if (worldSize() === 1) return own;
  const flag = tf.tensor1d(own);
  const sum = await allReduceAside(flag, label);
  const counts = await sum.data();
  tf.dispose([flag, sum]);
  return [...counts];
}
