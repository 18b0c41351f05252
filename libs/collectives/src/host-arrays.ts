/** Arrays of the host, summed or gathered over all ranks off the JavaScript thread. For what is rare: every call compiles a function. */
import { setTimeout as pause } from 'node:timers/promises';
import { compile, rawOp, StateCell } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { allGather } from './all-gather.ts';
import { allReduce } from './all-reduce.ts';
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

/**
 * Work that may take one rank minutes longer than another: each says again and again how far it is, where a single collective would
 * give the others up (`opTimeoutMs`). Resolves on all ranks when it is done on all. It pauses for at most `longestPauseMs`.
 */
export async function together<T>(work: Promise<T>, label: string, longestPauseMs = 5000): Promise<T> {
  if (worldSize() === 1) return work;
  let done = 0;
  const ended = work.then(() => (done = 1));
  // It is heard of below, but perhaps only after a collective.
  ended.catch(() => {});
  for (let pauseMs = 20; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    if ((await numDone(done, label)) === worldSize()) return work;
    // Whoever is done waits in the next collective for those that pause.
    await Promise.race([ended, pause(pauseMs)]);
  }
}

async function numDone(own: number, label: string): Promise<number> {
  const flag = tf.scalar(own);
  const sum = await allReduceAside(flag, label);
  const [count] = await sum.data();
  tf.dispose([flag, sum]);
  return count!;
}
