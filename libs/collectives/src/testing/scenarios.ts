/** What ranks do in tests. Every function runs on every rank; inputs are made from the rank, so tests can foresee results. */
import { rawOp, rawOpAsync, startEngine } from '@kiln/engine';
import { attr, DataType, native } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { allGather } from '../all-gather.ts';
import { allReduce, allReduceTree } from '../all-reduce.ts';
import { broadcast, broadcastTree } from '../broadcast.ts';
import { abortGroup, type GroupOptions, groupStatus, joinGroup, leaveGroup } from '../group.ts';
import { allReduceOp } from '../ops.ts';
import { type ElementType, hashOf, rankValues, typedValues } from './values.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

type Reduction = 'sum' | 'mean' | 'max';

const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** Several tensors of the given lengths, reduced in one call; hashes of the results. */
export async function reduceMany(
  { lengths, reduction, repeat = 1 }: { lengths: number[]; reduction: 'sum' | 'mean'; repeat?: number },
  { rank }: GroupOptions,
): Promise<string[]> {
  const tensors = lengths.map((length, i) => tf.tensor1d(rankValues(rank, length, i)));
  let results: string[] = [];
  for (let i = 0; i < repeat; i++) {
    const reduced = allReduceTree(tensors, reduction, { label: 'many', bucketBytes: 2 ** 40 });
    results = reduced.map((tensor) => hashOf(tensor.dataSync<'float32'>()));
    tf.dispose(reduced);
  }
  tf.dispose(tensors);
  return results;
}

export async function reduceAs({
  dtype,
  reduction,
  values,
}: {
  dtype: number;
  reduction: Reduction;
  values: number[];
}): Promise<number[]> {
  const cast = (x: tf.Tensor, to: number): tf.Tensor =>
    rawOp('Cast', [x], { DstT: attr.type(to) })[0] as tf.Tensor;
  return tf.tidy(() => {
    const x = cast(tf.tensor1d(values), dtype);
    return [...cast(allReduce(x, reduction, 'typed'), DataType.float).dataSync()];
  });
}

/** Several tensors of one type reduced in one call, more than once; the hashes of the results each time. */
export async function reduceTyped(
  {
    dtype,
    reduction,
    lengths,
    repeat,
  }: { dtype: ElementType; reduction: Reduction; lengths: number[]; repeat: number },
  { rank }: GroupOptions,
): Promise<string[][]> {
  const cast = (x: tf.Tensor, to: number): tf.Tensor =>
    rawOp('Cast', [x], { DstT: attr.type(to) })[0] as tf.Tensor;
  const kind = dtype === 'int32' ? 'int32' : 'float32';
  return Array.from({ length: repeat }, () =>
    tf.tidy(() => {
      const inputs = lengths.map((length, i) =>
        cast(tf.tensor1d(typedValues(dtype, rank, length, i), kind), DataType[dtype]),
      );
      return allReduceOp(inputs, reduction, 'typed').map((result) => {
        const read = cast(result, dtype === 'int32' ? DataType.int32 : DataType.float);
        return hashOf(read.dataSync() as Float32Array | Int32Array);
      });
    }),
  );
}

export async function gatherRows(
  { rows, columns }: { rows: number; columns: number },
  { rank, worldSize }: GroupOptions,
): Promise<string> {
  const x = tf.tensor2d(rankValues(rank, rows * columns), [rows, columns]);
  const y = allGather(x, 'rows');
  const hash = hashOf(y.dataSync<'float32'>());
  const wanted = [rows * worldSize, columns];
  if (y.shape.join(',') !== wanted.join(','))
    throw new Error(`shape [${y.shape.join(',')}] instead of [${wanted.join(',')}]`);
  tf.dispose([x, y]);
  return hash;
}

export async function broadcastAll(
  { root, lengths }: { root: number; lengths: number[] },
  { rank }: GroupOptions,
): Promise<unknown> {
  const tensors = lengths.map((length, i) => tf.tensor1d(rankValues(rank, length, i)));
  const flags = tf.tensor1d([rank === root, rank !== root], 'bool');
  const state = broadcastTree({ tensors, flags }, root, 'state');
  const single = broadcast(tf.scalar(rank, 'int32'), root, 'single');
  return {
    tensors: state.tensors.map((tensor) => hashOf(tensor.dataSync<'float32'>())),
    flags: [...state.flags.dataSync()],
    single: single.dataSync()[0],
  };
}

/** Everything must have been given back: called after some runs. */
export async function repeat(
  { count }: { count: number },
  { rank }: GroupOptions,
): Promise<Record<string, number[]>> {
  const x = tf.tensor1d(rankValues(rank, 20_000));
  const small = tf.tensor1d(rankValues(rank, 10));
  const { readdirSync } = await import('node:fs');
  const measure = (): number[] => [
    native().stats().tensors,
    readdirSync('/proc/self/fd').length,
    readdirSync('/proc/self/task').length,
    groupStatus()?.heapUsed ?? -1,
    process.memoryUsage().rss,
  ];
  const once = (): void => {
    tf.dispose([
      allReduce(x, 'mean', 'x'),
      allReduce(small, 'sum', 'small'),
      allGather(small, 'rows'),
      broadcast(x, 0, 'b'),
    ]);
  };
  for (let i = 0; i < 20; i++) once();
  const before = measure();
  for (let i = 0; i < count; i++) once();
  // The peers may still hold the last results.
  await pause(50);
  const after = measure();
  tf.dispose([x, small]);
  return { before, after };
}

/** Calls one after the other until one fails; says so by failing itself. */
export async function reduceUntilFailure(
  { length }: { length: number },
  { rank }: GroupOptions,
): Promise<never> {
  const x = tf.tensor1d(rankValues(rank, length));
  try {
    for (;;) tf.dispose(await reduceLater(x, 'forever'));
  } finally {
    x.dispose();
  }
}

async function reduceLater(
  x: tf.Tensor,
  label: string,
  lane: 'compute' | 'input' = 'compute',
): Promise<tf.Tensor[]> {
  const attrs = { reduction: attr.string('sum'), label: attr.string(label), key: attr.string(label) };
  return rawOpAsync('KilnAllReduce', [[x]], attrs, { lane });
}

/** Calls under way together, begun in another order on each rank. */
export async function unordered(_: unknown, { rank }: GroupOptions): Promise<number[][]> {
  const [a, b] = [tf.tensor1d([rank, 1]), tf.tensor1d([10 * rank, 2, 3])];
  const calls = {
    a: () => reduceLater(a, 'a', rank === 0 ? 'compute' : 'input'),
    b: () => reduceLater(b, 'b', rank === 0 ? 'input' : 'compute'),
  };
  const order = rank === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
  const begun: Partial<Record<'a' | 'b', Promise<tf.Tensor[]>>> = {};
  for (const name of order) {
    begun[name] = calls[name]();
    await pause(100);
  }
  const results = await Promise.all([begun.a, begun.b]);
  return results.map((tensors) => [...(tensors as tf.Tensor[])[0]!.dataSync()]);
}

/** Calls of several sizes from three threads at a time, each series as fast as it goes; the hashes that each series saw. */
export async function overlap(
  { lengths, rounds }: { lengths: Record<'now' | 'compute' | 'input', number>; rounds: number },
  { rank }: GroupOptions,
): Promise<string[][]> {
  const series = async (
    length: number,
    reduce: (x: tf.Tensor) => Promise<tf.Tensor[]>,
  ): Promise<string[]> => {
    const x = tf.tensor1d(rankValues(rank, length));
    const hashes = new Set<string>();
    for (let i = 0; i < rounds; i++) {
      const [y] = (await reduce(x)) as [tf.Tensor];
      hashes.add(hashOf(y.dataSync<'float32'>()));
      y.dispose();
    }
    x.dispose();
    return [...hashes];
  };
  return Promise.all([
    series(lengths.now, async (x) => {
      await pause(0);
      return [allReduce(x, 'sum', 'now')];
    }),
    series(lengths.compute, async (x) => reduceLater(x, 'compute', 'compute')),
    series(lengths.input, async (x) => reduceLater(x, 'input', 'input')),
  ]);
}

export interface OneCall {
  kind: 'all-reduce' | 'broadcast' | 'all-gather' | 'nothing' | 'leave' | 'abort' | 'exit';
  shape?: number[];
  dtype?: 'float32' | 'int32';
  reduction?: Reduction;
  root?: number;
  label?: string;
  /** Milliseconds before the call. */
  delay?: number;
}

/** One call as described, then one more: after a failure of the group the second must fail at once. */
export async function oneCall(call: OneCall): Promise<{ first: string; second: string; secondMs: number }> {
  await pause(call.delay ?? 0);
  const first = await messageOf(async () => make(call));
  const started = performance.now();
  const second = await messageOf(async () => allReduce(tf.scalar(1), 'sum', 'after'));
  return { first, second, secondMs: performance.now() - started };
}

async function messageOf(body: () => Promise<unknown>): Promise<string> {
  try {
    await body();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

async function make({
  kind,
  shape = [4],
  dtype = 'float32',
  reduction = 'sum',
  root = 0,
  label = 'x',
}: OneCall): Promise<unknown> {
  const x = tf.ones(shape, dtype);
  if (kind === 'all-reduce') return reduceNow(x, reduction, label);
  if (kind === 'broadcast') return broadcast(x, root, label);
  if (kind === 'all-gather') return allGather(x, label);
  if (kind === 'leave') return leaveGroup();
  if (kind === 'exit') process.exit(0);
  if (kind === 'abort') return abortGroup('the user said so');
  return pause(600);
}

function reduceNow(x: tf.Tensor, reduction: Reduction, label: string): tf.Tensor {
  return allReduce(x, reduction, label);
}

/** The group fails, the same processes and the same compiled work go on in the next generation. */
export async function formAgain({
  name,
  rank,
  worldSize,
  generations,
}: GroupOptions & { generations: number }): Promise<number[]> {
  const sums: number[] = [];
  for (let generation = 1; generation <= generations; generation++) {
    await joinGroup({ name, rank, worldSize, generation, heartbeatTimeoutMs: 2000 });
    sums.push(allReduce(tf.scalar(rank + 1), 'sum', 'again').dataSync()[0]!);
    // Nobody may close the group before all have their sum.
    await pause(30);
    if (rank === 0) abortGroup('drill');
    await messageOf(async () => reduceLater(tf.scalar(1), 'never'));
    await leaveGroup();
  }
  return sums;
}

export async function statusAfterSum(
  { length }: { length: number },
  { rank }: GroupOptions,
): Promise<unknown> {
  const x = tf.tensor1d(rankValues(rank, length));
  const y = allReduce(x, 'sum', 'x');
  return { hash: hashOf(y.dataSync<'float32'>()), status: groupStatus() };
}

/** Rank 0 leaves while its call still waits for rank 1. */
export async function leaveUnderWay(_: unknown, { rank }: GroupOptions): Promise<void> {
  if (rank !== 0) return pause(3000);
  const waiting = reduceLater(tf.scalar(1), 'left');
  setTimeout(() => void leaveGroup(), 1500);
  await waiting;
}

export async function callUnder({ key }: { key: string }): Promise<void> {
  tf.dispose(await reduceLater(tf.tensor1d([1]), key));
}
