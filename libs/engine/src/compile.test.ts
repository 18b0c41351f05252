import * as tf from '@tensorflow/tfjs-core';
import { attr } from '@kiln/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { memory } from './memory.ts';
import { rawOp } from './raw-op.ts';
import { readTree } from './read-tree.ts';
import { specsOf } from './specs.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';

beforeAll(() => startEngine());

const value = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** Fails when the function runs, if `x` is not positive. */
function assertPositive(x: tf.Tensor): tf.Tensor {
  return rawOp('CheckNumerics', [tf.log(x)], { message: attr.string('not positive') })[0]!;
}

describe('run', () => {
  it('puts the new state into the cell and gives the outputs to the caller', async () => {
    const step = compile('count', (state: { n: tf.Tensor }, inputs: { by: tf.Tensor }) => {
      const n = tf.add(state.n, inputs.by);
      return { state: { n }, outputs: { twice: tf.mul(n, 2) } };
    });
    const cell = new StateCell({ n: tf.scalar(1) });
    const by = tf.scalar(3);
    const first = cell.value.n;
    const out = await step.run(cell, { by });
    expect([value(cell.value.n), value(out.twice), value(by)]).toEqual([[4], [8], [3]]);
    expect(first.isDisposed).toBe(true);
    step.dispose();
  });

  it('returns as many outputs as the step has, thousands where a network has many parameters', async () => {
    const step = compile('wide', (_: {}, x: tf.Tensor) => ({
      state: {},
      outputs: Array.from({ length: 1500 }, (_own, i) => tf.add(x, i)),
    }));
    const outputs = await step.run(new StateCell({}), tf.scalar(1));
    expect([outputs.length, value(outputs.at(-1)!)]).toEqual([1500, [1500]]);
    step.dispose();
  });

  it('passes tensors through: unchanged state stays the same tensor, aliases are free', async () => {
    const step = compile('pass', (state: { a: tf.Tensor; b: tf.Tensor; c: tf.Tensor }, x: tf.Tensor) => {
      const sum = tf.add(state.b, x);
      return {
        state: { a: state.a, b: sum, c: sum },
        outputs: { x, a: state.a, sum, again: sum, one: tf.scalar(1) },
      };
    });
    const cell = new StateCell({ a: tf.scalar(1), b: tf.scalar(2), c: tf.scalar(3) });
    const { a } = cell.value;
    const x = tf.scalar(10);
    const out = await step.run(cell, x);
    expect(cell.value.a).toBe(a);
    x.dispose();
    expect([out.x, out.a, out.sum, out.again, out.one, cell.value.b, cell.value.c].map(value).flat()).toEqual(
      [10, 1, 12, 12, 1, 12, 12],
    );
    tf.dispose(out);
    expect(value(cell.value.c)).toEqual([12]);
    step.dispose();
  });

  it('lets state leaves change places, and take an input as they are', async () => {
    const step = compile('swap', (state: { a: tf.Tensor; b: tf.Tensor; c: tf.Tensor }, x: tf.Tensor) => ({
      state: { a: state.b, b: state.a, c: x },
      outputs: {},
    }));
    const cell = new StateCell({ a: tf.scalar(1), b: tf.scalar(2), c: tf.scalar(3) });
    const x = tf.scalar(4);
    await step.run(cell, x);
    x.dispose();
    expect([cell.value.a, cell.value.b, cell.value.c].map(value).flat()).toEqual([2, 1, 4]);
    step.dispose();
  });

  it('leaves the cell untouched and usable when an op fails', async () => {
    const step = compile('risky', (state: { n: tf.Tensor }, x: tf.Tensor) => ({
      state: { n: tf.add(state.n, 1) },
      outputs: assertPositive(x),
    }));
    const cell = new StateCell({ n: tf.scalar(1) });
    const { n } = cell.value;
    await expect(step.run(cell, tf.scalar(-1))).rejects.toThrow('not positive');
    expect(cell.value.n).toBe(n);
    await step.run(cell, tf.scalar(1));
    expect(value(cell.value.n)).toEqual([2]);
    step.dispose();
  });

  it('refuses a second run on the cell while one is in flight', async () => {
    const step = compile('slow', (state: { n: tf.Tensor }, x: tf.Tensor) => ({
      state: { n: tf.add(state.n, x) },
      outputs: {},
    }));
    const cell = new StateCell({ n: tf.scalar(1) });
    const x = tf.scalar(1);
    const running = step.run(cell, x);
    await expect(step.run(cell, x)).rejects.toThrow(
      '[engine] slow.run() was called while slow.run() is in flight on this state; await it first',
    );
    expect(() => cell.dispose()).toThrow('in flight');
    expect(() => step.dispose()).toThrow('in flight');
    await running;
    await step.run(cell, x);
    expect(value(cell.value.n)).toEqual([3]);
    step.dispose();
  });

  it('traces anew for other shapes, dtypes and structures, and not for the same', async () => {
    let traces = 0;
    const step = compile('shapes', (state: tf.Tensor, inputs: tf.Tensor[]) => {
      traces++;
      return { state, outputs: inputs.map((x) => tf.add(x, tf.cast(state, x.dtype))) };
    });
    const cell = new StateCell(tf.scalar(1));
    const run = async (...inputs: tf.Tensor[]) => (await step.run(cell, inputs)).map((out) => out.shape);
    await run(tf.zeros([2]));
    await run(tf.ones([2]));
    expect(traces).toBe(1);
    expect(await run(tf.zeros([3]))).toEqual([[3]]);
    await run(tf.zeros([2], 'int32'));
    expect(await run(tf.zeros([2]), tf.zeros([2]))).toEqual([[2], [2]]);
    expect(traces).toBe(4);
    expect(memory().native.functions).toBe(4);
    step.dispose();
    expect(memory().native.functions).toBe(0);
    await expect(step.run(cell, [])).rejects.toThrow('was disposed');
  });

  it('is traced once though it returns its state in another order, which stays as it came', async () => {
    let traces = 0;
    const step = compile('order', ({ a, b }: { a: tf.Tensor; b: tf.Tensor }, x: tf.Tensor) => {
      traces++;
      return { state: { b: tf.add(b, x), a: tf.mul(a, x) }, outputs: {} };
    });
    const cell = new StateCell({ a: tf.scalar(3), b: tf.scalar(5) });
    const x = tf.scalar(2);
    await step.run(cell, x);
    await step.run(cell, x);
    expect(traces).toBe(1);
    await step.eager(cell, x);
    expect(Object.entries(cell.value).map(([name, leaf]) => [name, value(leaf)])).toEqual([
      ['a', [24]],
      ['b', [11]],
    ]);
    step.dispose();
  });

  it('holds on to a tensor that the step took from outside', async () => {
    const kernel = tf.add(tf.tensor1d([1, 2]), 0);
    const step = compile('captures', (state: tf.Tensor, x: tf.Tensor) => ({
      state,
      outputs: tf.mul(x, kernel),
    }));
    const cell = new StateCell(tf.scalar(0));
    const first = await step.run(cell, tf.scalar(3));
    kernel.dispose();
    const second = await step.run(cell, tf.scalar(4));
    expect([value(first), value(second)]).toEqual([
      [3, 6],
      [4, 8],
    ]);
    step.dispose();
  });

  it('keeps strings, integers, booleans and exotic dtypes', async () => {
    const step = compile('dtypes', (state: { long: tf.Tensor; half: tf.Tensor }, x: tf.Tensor) => ({
      state: { long: rawOp('AddV2', [state.long, state.long])[0]!, half: tf.mul(state.half, state.half) },
      outputs: { above: tf.greater(x, 1), whole: tf.cast(x, 'int32') },
    }));
    const cell = new StateCell({
      long: rawOp('Cast', [tf.scalar(2 ** 30, 'int32')], { DstT: attr.type(9) })[0]!,
      half: rawOp('Cast', [tf.scalar(1.5)], { DstT: attr.type(19) })[0]!,
    });
    const out = await step.run(cell, tf.tensor1d([1, 2.5]));
    expect((await readTree(cell.value)).get('long')).toEqual(BigInt64Array.of(2n ** 31n));
    expect(() => cell.value.long.dataSync()).toThrow('the value 2147483648 does not fit an int32');
    expect([value(cell.value.half), value(out.above), value(out.whole)]).toEqual([[2.25], [0, 1], [1, 2]]);
    step.dispose();
  });

  it('compiles with XLA when asked', async () => {
    const step = compile(
      'xla',
      (state: tf.Tensor, x: tf.Tensor) => ({ state: tf.add(state, x), outputs: {} }),
      { xla: true },
    );
    const cell = new StateCell(tf.scalar(1));
    await step.run(cell, tf.scalar(2));
    expect(value(cell.value)).toEqual([3]);
    step.dispose();
  });
});

describe('eager', () => {
  it('obeys the rules of run about who owns what', async () => {
    const step = compile('both', (state: { a: tf.Tensor; b: tf.Tensor }, x: tf.Tensor) => {
      const b = tf.add(state.b, x);
      return { state: { a: state.a, b }, outputs: [x, b, state.a] };
    });
    const cell = new StateCell({ a: tf.scalar(1), b: tf.scalar(2) });
    const x = tf.scalar(3);
    const before = memory();
    const out = await step.eager(cell, x);
    expect(out.map(value)).toEqual([[3], [5], [1]]);
    tf.dispose(out);
    expect([value(x), value(cell.value.a), value(cell.value.b)]).toEqual([[3], [1], [5]]);
    expect(memory().numTensors).toBe(before.numTensors);
    step.dispose();
  });

  it('leaves the cell untouched when the step throws', async () => {
    const step = compile('throws', (state: tf.Tensor, x: tf.Tensor) => ({
      state: tf.add(state, 1),
      outputs: assertPositive(x),
    }));
    const cell = new StateCell(tf.scalar(1));
    await expect(step.eager(cell, tf.scalar(-1))).rejects.toThrow('not positive');
    expect(value(cell.value)).toEqual([1]);
  });
});

describe('trace', () => {
  it('needs no tensors and reports the graph', () => {
    const step = compile('report', (state: tf.Tensor, x: tf.Tensor) => ({
      state: tf.add(state, x),
      outputs: { y: tf.neg(x) },
    }));
    const report = step.trace({ shape: [4, 4], dtype: 'float32' }, { shape: [4], dtype: 'float32' });
    expect(report).toMatchObject({ numNodes: 4, outputs: { y: { shape: [4], dtype: 'float32' } } });
    expect(Buffer.from(report.graphDef).includes('Neg')).toBe(true);
    expect(report.functionName).toMatch(/^report_\d+$/);
    step.dispose();
  });

  it('is shared with run', async () => {
    let traces = 0;
    const step = compile('shared', (state: tf.Tensor, x: tf.Tensor) => {
      traces++;
      return { state: tf.add(state, x), outputs: {} };
    });
    const cell = new StateCell(tf.scalar(1));
    const x = tf.scalar(1);
    step.trace(specsOf(cell.value), specsOf(x));
    await step.run(cell, x);
    expect(traces).toBe(1);
    step.dispose();
  });
});
