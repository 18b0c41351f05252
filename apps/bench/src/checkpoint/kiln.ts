/** Kiln's side of peers.py: the same state in TensorFlow's memory, saved as a worker does. Argument: how often. Run with --expose-gc. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginCheckpoint, commitCheckpoint, readCheckpoint, writeShard } from '@kiln/checkpoints';
import { compile, random, startEngine, StateCell, viewTree } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';

const numTensors = 125;
const length = 1_000_000;
const numSteps = 8;
const repetitions = Number(process.argv[2]);

startEngine();

type State = { readonly [name: string]: tf.Tensor };
const key = random.key(1, 'state');
const cell = new StateCell<State>(
  Object.fromEntries(
    Array.from({ length: numTensors }, (_, i) => [`layer${i}`, random.normal([length], random.fold(key, i))]),
  ),
);
// Arithmetic enough for a step to take about as long as the write does, on a state that is replaced as in training.
const train = compile('train', (state: State) => ({
  state: Object.fromEntries(
    Object.entries(state).map(([name, x]) => [name, tf.add(tf.mul(tf.tanh(x), 0.999), 1e-3)]),
  ),
  outputs: {},
}));

const seconds = (since: number): number => (performance.now() - since) / 1000;

function touched(arrays: Iterable<Float32Array>): number {
  let sum = 0;
  for (const array of arrays) for (let i = 0; i < array.length; i += 1024) sum += array[i]!;
  return sum;
}

const floats = ({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array =>
  new Float32Array(buffer, byteOffset, byteLength / 4);

/** As apps/worker/src/saver.ts: returns when training may go on, and a promise of the committed checkpoint. */
function save(root: string, step: number): Promise<{ path: string; sum: number }> {
  const asked = viewTree(cell.value);
  return (async () => {
    const staging = await beginCheckpoint(root, step);
    const { bytes, release } = await asked;
    const tensors = [...bytes].map(([name, data]) => ({
      name,
      dtype: 'F32' as const,
      shape: [length],
      data,
    }));
    const shard = await writeShard(staging, 0, 1, tensors);
    const sum = touched([...bytes.values()].map(floats));
    release();
    const { path } = await commitCheckpoint({ root, step, staging, shards: [shard], meta: {} });
    return { path, sum };
  })();
}

async function stepSeconds(): Promise<number> {
  const start = performance.now();
  await train.run(cell, {});
  return seconds(start);
}

const results = {
  written: [] as number[],
  read: [] as number[],
  waited: [] as number[],
  slowed: [] as number[],
};
for (let repetition = 0; repetition < repetitions; repetition++) {
  const root = await mkdtemp(join(tmpdir(), 'kiln-bench-'));
  execFileSync('sync');
  let start = performance.now();
  const { path, sum } = await save(root, 1);
  const written = seconds(start);
  results.written.push(written);
  for (const readBefore of [false, true]) {
    globalThis.gc!();
    start = performance.now();
    const total = touched([...(await readCheckpoint(path)).tensors.values()].map(({ data }) => floats(data)));
    if (readBefore) results.read.push(seconds(start));
    if (Math.abs(total - sum) > 1) throw new Error(`read ${total}, expected ${sum}`);
  }

  // Steps alone, then steps while a checkpoint is written: what the step itself waits, and how much longer all of them take.
  let alone = 0;
  for (let i = 0; i < numSteps; i++) alone += await stepSeconds();
  execFileSync('sync');
  start = performance.now();
  const saving = save(root, 2);
  results.waited.push(seconds(start) / written);
  let during = 0;
  for (let i = 0; i < numSteps; i++) during += await stepSeconds();
  await saving;
  results.slowed.push(during - alone);
  await rm(root, { recursive: true });
  globalThis.gc!();
}
console.log(JSON.stringify(results));
process.exit(0);
