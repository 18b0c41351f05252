/**
 * Times the DCGAN step of `npm run bench -- step-dcgan` on a device. Arguments: device, precision, whether XLA, timed
 * steps, batch.
 */
import { compile, random, startEngine, StateCell, type Precision } from '@kiln/engine';
import { native } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { dcgan } from '../../apps/bench/src/step/dcgan.ts';
import type { StepTimes } from './checks.ts';

const [device = 'cpu', precision = 'float32', xla = 'false', steps = '1', batch = '64'] =
  process.argv.slice(2);
const batchSize = Number(batch);
startEngine({ device });

const makeState = compile('initial_state', () => ({ state: {}, outputs: dcgan.initialState(1) }));
const cell = new StateCell(await makeState.run(new StateCell({}), {}));
const step = compile('step', dcgan.step, { precision: precision as Precision, xla: xla === 'true' });
const real = random.uniform([batchSize, 32, 32, 3], random.key(2, 'images'), -1, 1);
const labels = tf.fill([batchSize], 0, 'int32');
const learningRate = tf.scalar(dcgan.learningRate);
const key = random.key(3, 'noise');

async function one(index: number): Promise<{ ms: number; losses: number[] }> {
  const inputs = { real, labels, key, learningRate, step: tf.scalar(index, 'int32') };
  const begin = performance.now();
  const outputs = await step.run(cell, inputs);
  const losses = [(await outputs.D.data())[0]!, (await outputs.G.data())[0]!];
  tf.dispose([outputs.D, outputs.G, inputs.step]);
  return { ms: performance.now() - begin, losses };
}

const first = await one(0);
await one(1);
const timed: { ms: number; losses: number[] }[] = [];
for (let index = 2; index < 2 + Number(steps); index++) timed.push(await one(index));
const times: StepTimes = {
  firstMs: first.ms,
  stepMs: timed.map(({ ms }) => ms),
  firstLosses: first.losses,
  losses: timed.at(-1)!.losses,
  device: native()
    .devices()
    .map(({ name }) => name.replace(/^.*device:/, ''))
    .join(', '),
};
process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit(0));
