/** What ranks do in the tests of compiled functions and gradients. */
import { compile, readTree, startEngine, StateCell, type Tree } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { allGather } from '../all-gather.ts';
import { allReduce, allReduceTree } from '../all-reduce.ts';
import { broadcast } from '../broadcast.ts';
import { type GroupOptions, groupStatus, joinGroup, leaveGroup } from '../group.ts';

startEngine({ intraOpThreads: 1, interOpThreads: 2 });

type Scalars = (x: tf.Tensor) => tf.Scalar;

/** Weights by position, so that a wrong order or a missing share shows. */
const weigh = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.add(tf.range(0, x.size), 1));

const losses: Record<string, (rank: number) => Scalars> = {
  sum: (rank) => (x) => tf.mul(tf.sum(weigh(tf.pow(allReduce(x, 'sum', 's'), 3))), rank + 1),
  mean: (rank) => (x) => tf.mul(tf.sum(weigh(tf.pow(allReduce(x, 'mean', 'm'), 3))), rank + 1),
  gather: (rank) => (x) => tf.mul(tf.sum(weigh(tf.pow(allGather(x, 'g'), 3))), rank + 1),
};

/**
 * The whole is the sum of both ranks' losses. Each rank compares the gradient of the whole with respect to its own x
 * with central differences; the peer takes the same steps of the same functions with its x unmoved.
 */
export async function gradients(
  { collective, compiled }: { collective: string; compiled: boolean },
  { rank, worldSize }: GroupOptions,
): Promise<Record<string, number[]>> {
  const loss = losses[collective]!(rank);
  const first = tf.grad((x: tf.Tensor) => loss(x));
  const penalty = (x: tf.Tensor): tf.Scalar => tf.sum(tf.square(first(x)));
  const second = tf.grad(penalty);
  const evaluate = async (fn: (x: tf.Tensor) => tf.Tensor, values: number[]): Promise<number[]> => {
    const x = tf.tensor1d(values);
    if (!compiled) return [...fn(x).dataSync()];
    const step = compile('gradient', (state: Tree, input: { x: tf.Tensor }) => ({
      state,
      outputs: { y: fn(input.x) },
    }));
    const { y } = await step.run(new StateCell({}), { x });
    return [...y.dataSync()];
  };
  const point = [0.3, -0.5, 0.7].map((value) => value + 0.1 * rank);
  const differences = async (fn: Scalars): Promise<number[]> => {
    const mine: number[] = [];
    const h = 0.01;
    for (let mover = 0; mover < worldSize; mover++) {
      for (let i = 0; i < point.length; i++) {
        const moved = async (by: number): Promise<number> => {
          const at = point.map((value, j) => (mover === rank && i === j ? value + by : value));
          const whole = await evaluate((x) => allReduce(fn(x), 'sum', 'whole'), at);
          return whole[0]!;
        };
        const slope = ((await moved(h)) - (await moved(-h))) / (2 * h);
        if (mover === rank) mine.push(slope);
      }
    }
    return mine;
  };
  return {
    first: await evaluate(first, point),
    firstByDifferences: await differences(loss),
    second: await evaluate(second, point),
    secondByDifferences: await differences(penalty),
  };
}

export async function refusedGradients(): Promise<string[]> {
  const message = (fn: (x: tf.Tensor) => tf.Tensor): string => {
    try {
      tf.grad((x: tf.Tensor) => tf.sum(fn(x)))(tf.tensor1d([1, 2]));
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  return [message((x) => allReduce(x, 'max', 'm')), message((x) => broadcast(x, 0, 'b'))];
}

/** Sizes from one element to several blocks, all independent of each other. */
export async function manyAtOnce(
  { numOps, steps, longest }: { numOps: number; steps: number; longest: number },
  { rank }: GroupOptions,
): Promise<number[][]> {
  const lengths = Array.from({ length: numOps }, (_, i) => 1 + ((i * 79_199) % longest));
  const step = compile('many', (state: { x: tf.Tensor[] }, input: { by: tf.Tensor }) => ({
    state: {
      x: state.x.map((x, i) =>
        tf.add(x, allReduce(tf.mul(tf.ones([lengths[i]!]), input.by), 'mean', `op${i}`)),
      ),
    },
    outputs: {},
  }));
  const cell = new StateCell({ x: lengths.map((length) => tf.zeros([length])) });
  const by = tf.scalar(rank + 1);
  for (let i = 0; i < steps; i++) await step.run(cell, { by });
  const sums = await readTree({ x: cell.value.x.map((x) => tf.stack([tf.min(x), tf.max(x)])) });
  return [...sums.values()].map((values) => [...(values as Float32Array)]);
}

const meanStep = () =>
  compile('mean', (state: Tree, input: { x: tf.Tensor }) => ({
    state,
    outputs: { y: allReduce(input.x, 'mean', 'x') },
  }));

async function runMean(step: ReturnType<typeof meanStep>, value: number): Promise<number> {
  const { y } = await step.run(new StateCell({}), { x: tf.scalar(value) });
  return y.dataSync()[0]!;
}

export async function resized({ name, rank }: { name: string; rank: number }): Promise<number[]> {
  const step = meanStep();
  const results: number[] = [];
  for (const generation of [1, 2]) {
    await joinGroup({ name, rank, worldSize: 2, generation });
    results.push(await runMean(step, rank + 1));
    await leaveGroup();
  }
  if (rank === 0) {
    await joinGroup({ name, rank, worldSize: 1, generation: 3 });
    results.push(await runMean(step, rank + 1));
  }
  return results;
}

export async function moved({ name, rank }: { name: string; rank: number }): Promise<string> {
  const step = compile('rows', (state: Tree, input: { x: tf.Tensor }) => ({
    state,
    outputs: { y: allGather(input.x, 'rows') },
  }));
  const x = tf.tensor1d([rank]);
  await joinGroup({ name, rank, worldSize: 2, generation: 1 });
  await step.run(new StateCell({}), { x });
  await leaveGroup();
  await joinGroup({ name, rank: 1 - rank, worldSize: 2, generation: 2 });
  try {
    await step.run(new StateCell({}), { x });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

export async function equalLabels(_: unknown, { rank }: GroupOptions): Promise<number[]> {
  const make = (factor: number) =>
    compile('same', (state: Tree, input: { x: tf.Tensor }) => ({
      state,
      outputs: { y: allReduce(tf.mul(input.x, factor), 'sum', 'same') },
    }));
  const x = tf.scalar(rank + 1);
  const results = await Promise.all([make(1), make(10)].map((step) => step.run(new StateCell({}), { x })));
  return results.map(({ y }) => y.dataSync()[0]!);
}

export async function withoutGroup({ name }: { name: string }): Promise<number> {
  const step = meanStep();
  const joining = joinGroup({ name, rank: 0, worldSize: 2, generation: 1, joinTimeoutMs: 1 });
  // Traced while the group forms: the function has the op, and no group when it runs.
  const x = tf.scalar(1);
  step.trace({}, { x: { shape: [], dtype: 'float32' } });
  await joining.catch(() => 'did not form');
  x.dispose();
  return runMean(step, 1);
}

export async function buckets(_: unknown, { rank }: GroupOptions): Promise<Record<string, number[]>> {
  const before = groupStatus()!.completed;
  const grads = {
    large: tf.tensor1d([rank + 1, 0]),
    count: tf.scalar(rank + 1, 'int32'),
    bias: tf.tensor1d([rank + 1, rank + 1]),
  };
  // Two float32 values fill a bucket.
  const { large, count, bias } = allReduceTree(grads, 'sum', { label: 'grads', bucketBytes: 8 });
  const completed = groupStatus()!.completed - before;
  return {
    large: [...large.dataSync()],
    count: [...count.dataSync()],
    bias: [...bias.dataSync()],
    completed: [completed],
  };
}
