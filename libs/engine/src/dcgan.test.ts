import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { memory } from './memory.ts';
import { readTree } from './read-tree.ts';
import { specsOf } from './specs.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';
import { flattenSpecs, type SpecTree } from './tree.ts';
import { dcgan, dcganInputs, differences } from './testing/dcgan-step.ts';

beforeAll(() => startEngine({ intraOpThreads: 2, interOpThreads: 2 }));

const inputSpecs = (batch: number) => ({
  real: { shape: [batch, 32, 32, 3], dtype: 'float32' } as const,
  learningRate: { shape: [], dtype: 'float32' } as const,
  key: { shape: [2], dtype: 'int32' } as const,
});

describe('a DCGAN step with Adam and batch normalisation', () => {
  it('gives the same bits compiled and eagerly, in the losses and in every tensor of the state', async () => {
    const { makeState, step } = dcgan(4);
    const compiled = compile('dcgan', step);
    const inputs = dcganInputs(4);
    const [a, b] = [new StateCell(makeState()), new StateCell(makeState())];
    for (let i = 0; i < 5; i++) {
      const [run, eager] = [await compiled.run(a, inputs), await compiled.eager(b, inputs)];
      expect([i, run.d.dataSync()[0], run.g.dataSync()[0]]).toEqual([
        i,
        eager.d.dataSync()[0],
        eager.g.dataSync()[0],
      ]);
    }
    const [stateA, stateB] = [await readTree(a.value), await readTree(b.value)];
    expect(stateA.size).toBe(99);
    expect(differences(stateA as never, stateB as never)).toEqual([]);
    expect((stateA.get('step') as Int32Array)[0]).toBe(5);
    compiled.dispose();
  });

  it('is traced in a fraction of a second, and leaves nothing behind', () => {
    const { makeState, step } = dcgan(4);
    const state = specsOf(makeState());
    const before = memory();
    const times: number[] = [];
    for (let i = 0; i < 4; i++) {
      const compiled = compile('dcgan', step);
      const started = process.cpuUsage();
      const report = compiled.trace(state, inputSpecs(64));
      const { user, system } = process.cpuUsage(started);
      times.push((user + system) / 1000);
      expect(report.numNodes).toBeLessThan(2500);
      expect(report.graphDef.length).toBeLessThan(250_000);
      expect(Buffer.from(report.graphDef).includes('G/up1/')).toBe(true);
      compiled.dispose();
    }
    expect({ ...memory(), residentBytes: 0 }).toEqual({ ...before, residentBytes: 0 });
    // Processor time, since the machine may be busy. Without other load it is under 0.2 s.
    expect(Math.min(...times)).toBeLessThan(600);
  });

  it('is traced for sizes that no machine here could run', () => {
    const { makeState, step } = dcgan(512);
    // The state is never made either: its own making is traced.
    const init = compile('init', (none: Record<string, tf.Tensor>) => ({
      state: none,
      outputs: makeState(),
    }));
    const before = process.memoryUsage.rss();
    const state = init.trace({}, {}).outputs;
    expect(numParameters(state)).toBeGreaterThan(1e9);
    const report = compile('huge', step).trace(state, inputSpecs(256));
    expect(report.numNodes).toBeLessThan(2500);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
  });
});

const numParameters = (state: SpecTree): number =>
  [...flattenSpecs(state).values()].reduce((sum, { shape }) => sum + tf.util.sizeFromShape([...shape]), 0);

it('holds as many tensors and handles after 1,000 steps as after the first', async () => {
  const step = compile('flat', (state: { w: tf.Tensor; n: tf.Tensor }, { x }: { x: tf.Tensor }) => {
    const y = tf.matMul(x as tf.Tensor2D, state.w as tf.Tensor2D);
    return { state: { w: tf.sub(state.w, tf.mul(tf.mean(y), 1e-3)), n: tf.add(state.n, 1) }, outputs: { y } };
  });
  const cell = new StateCell({ w: tf.ones([8, 8]), n: tf.scalar(0) });
  const once = async () => {
    const x = tf.ones([4, 8]);
    const { y } = await step.run(cell, { x });
    tf.dispose([x, y]);
  };
  await once();
  const before = memory();
  for (let i = 0; i < 999; i++) await once();
  const after = memory();
  expect({ ...after, residentBytes: 0 }).toEqual({ ...before, residentBytes: 0 });
  expect(after.residentBytes - before.residentBytes).toBeLessThan(60e6);
  expect(cell.value.n.dataSync()[0]).toBe(1000);
  step.dispose();
});
