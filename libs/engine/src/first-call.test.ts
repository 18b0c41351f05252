import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { watchFirstCalls } from './first-call.ts';
import { memory } from './memory.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';

beforeAll(() => startEngine());
afterEach(() => watchFirstCalls(undefined));

const told: string[] = [];
const watch = (begins = async (name: string): Promise<void> => void told.push(`${name} begins`)): void =>
  watchFirstCalls({ begins, ends: (name) => told.push(`${name} ends`) });

const double = (name: string) =>
  compile(name, (_: {}, x: tf.Tensor) => {
    told.push('traced');
    return { state: {}, outputs: tf.mul(x, 2) };
  });

it('is told of before the trace and after the run, once for each shape', async () => {
  watch();
  const step = double('double');
  const cell = new StateCell({});
  for (const x of [tf.scalar(1), tf.scalar(2), tf.ones([3])]) (await step.run(cell, x)).dispose();
  const once = ['double begins', 'traced', 'double ends'];
  expect(told.splice(0)).toEqual([...once, ...once]);
  step.dispose();
});

it('leaves the inputs to the caller, who may dispose them while the watcher is waited for', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  watch(() => promise);
  const step = double('held');
  const x = tf.scalar(4);
  const { numTensors } = memory();
  const running = step.run(new StateCell({}), x);
  x.dispose();
  resolve();
  const result = await running;
  expect(result.dataSync()).toEqual(Float32Array.of(8));
  expect(memory().numTensors).toBe(numTensors);
  result.dispose();
  step.dispose();
});

it('ends when the function cannot be traced, and refuses to be disposed of before', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  watch(() => promise);
  const step = compile('wrong', (_: {}, x: tf.Tensor) => ({ state: {}, outputs: tf.reshape(x, [7]) }));
  const running = step.run(new StateCell({}), tf.scalar(4));
  expect(() => step.dispose()).toThrow('in flight');
  resolve();
  await expect(running).rejects.toThrow('7');
  expect(told.splice(0).at(-1)).toBe('wrong ends');
});
