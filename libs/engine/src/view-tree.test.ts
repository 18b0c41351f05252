import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';
import { viewTree } from './view-tree.ts';

startEngine();

const size = 1_000_000;

test('a view has the values of its moment, however many steps replace them', async () => {
  const step = compile('count', (state: { x: tf.Tensor }, { by }: { by: tf.Tensor }) => ({
    state: { x: tf.add(state.x, by) },
    outputs: {},
  }));
  const cell = new StateCell({ x: tf.fill([size], 1) as tf.Tensor });
  const by = tf.scalar(1);
  await step.run(cell, { by });
  const asked = viewTree(cell.value);
  for (let i = 0; i < 5; i++) await step.run(cell, { by });
  const view = await asked;
  const bytes = view.bytes.get('x')!;
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  expect(values).toHaveLength(size);
  expect(values.every((value) => value === 2)).toBe(true);
  view.release();
  view.release();
  expect(bytes).toHaveLength(0);
  expect((await cell.value.x.data())[0]).toBe(7);
});

test('what is released is freed, also without a collection of garbage', async () => {
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 100; i++) {
    const x = tf.fill([size], i);
    const view = await viewTree({ x });
    x.dispose();
    view.release();
    // The memory goes on a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Ten of the hundred tensors.
  expect(process.memoryUsage.rss() - before).toBeLessThan(10 * 4 * size);
});

test('small tensors, scalars and empty ones have views too', async () => {
  const view = await viewTree([tf.scalar(7, 'int32'), tf.zeros([0, 3]), tf.tensor1d([1, 2])]);
  expect([...view.bytes.values()].map((bytes) => [...bytes])).toEqual([
    [7, 0, 0, 0],
    [],
    [0, 0, 128, 63, 0, 0, 0, 64],
  ]);
  view.release();
});
