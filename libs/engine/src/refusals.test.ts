import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { EngineError } from './errors.ts';
import { memory } from './memory.ts';
import { readTree } from './read-tree.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';
import { traceFunction } from './trace-function.ts';
import { valueAndGrad } from './value-and-grad.ts';

beforeAll(() => startEngine());

type State = { w: tf.Tensor };

const spec = { shape: [2], dtype: 'float32' } as const;

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

/** The error of tracing a step with the body given; nothing may be left behind. */
function refusal(body: (state: State, x: tf.Tensor) => unknown): EngineError {
  const step = compile('bad', (state: State, x: tf.Tensor) => {
    const outputs = body(state, x);
    return { state, outputs: (outputs ?? {}) as tf.Tensor };
  });
  const before = memory();
  const error = errorOf(() => step.trace({ w: spec }, spec));
  expect(error).toBeInstanceOf(EngineError);
  expect({ ...memory(), residentBytes: 0 }).toEqual({ ...before, residentBytes: 0 });
  return error as EngineError;
}

const here = /, at .*src\/refusals\.test\.ts:\d+$/;

it('refuses to read a value while tracing, and says where', () => {
  for (const read of [
    (_: State, x: tf.Tensor) => x.dataSync(),
    (s: State) => s.w.arraySync(),
    (_: State, x: tf.Tensor) => tf.tidy(() => tf.square(x).dataSync()),
    (s: State) => void s.w.data(),
    (s: State) => void s.w.array(),
    (_: State, x: tf.Tensor) => x.toString(),
  ]) {
    const error = refusal(read);
    expect(error.code).toBe('value-read-while-tracing');
    expect(error.message).toContain('[engine] a tensor is read while tracing, when nothing has a value yet');
    expect(error.message).toMatch(here);
  }
});

it('names the line itself', () => {
  const line = Number(/test\.ts:(\d+)/.exec(new Error('here').stack!)![1]) + 1;
  const error = refusal((_, x) => x.dataSync());
  expect(error.where).toMatch(new RegExp(`src/refusals\\.test\\.ts:${line}$`));
});

it('lets values be read that JavaScript has: constants are no secret', () => {
  const step = compile('constant', (state: State, x: tf.Tensor) => {
    const [half] = tf.scalar(0.5).dataSync();
    return { state, outputs: tf.mul(x, half!) };
  });
  expect(step.trace({ w: spec }, spec).numNodes).toBe(4);
});

it('refuses reads and awaits inside a step', async () => {
  expect(refusal((s) => void readTree(s)).code).toBe('value-read-while-tracing');
  const step = compile('async', (async (state: State) => ({ state, outputs: {} })) as never);
  expect(() => step.trace({ w: spec }, spec)).toThrow(
    '[engine] step async is async; a step must do everything before',
  );
});

it('refuses variables while tracing', () => {
  const outside = tf.variable(tf.tensor1d([1, 2]));
  const cases = [
    () => tf.variable(tf.scalar(1)),
    (_: State, x: tf.Tensor) => outside.assign(x as tf.Tensor1D),
  ];
  for (const make of cases)
    expect(refusal(make as never)).toMatchObject({
      code: 'variable-while-tracing',
      message: expect.stringMatching(here),
    });
  tf.square(outside).dispose();
  expect(refusal((_, x) => tf.add(x, outside)).code).toBe('variable-while-tracing');
  outside.assign(tf.tensor1d([3, 4]));
  expect(Array.from(outside.dataSync())).toEqual([3, 4]);
  outside.dispose();
});

it('refuses randomness that the graph would freeze', () => {
  const { random } = Math;
  for (const draw of [
    () => tf.randomNormal([2]),
    () => tf.randomUniform([2]),
    () => tf.truncatedNormal([2]),
    (_: State, x: tf.Tensor) => tf.dropout(x, 0.5),
    (_: State, x: tf.Tensor) => tf.multinomial(x as tf.Tensor1D, 1),
    (_: State, x: tf.Tensor) => tf.mul(x, Math.random()),
  ]) {
    expect(refusal(draw)).toMatchObject({
      code: 'unseeded-randomness',
      message: expect.stringMatching(here),
    });
  }
  expect(Math.random).toBe(random);
});

it('refuses large constants, but not large arrays of one value', () => {
  const ramp = tf.tensor1d(Float32Array.from({ length: 300_000 }, (_, i) => i));
  const error = refusal((_, x) => tf.add(ramp, tf.sum(x)));
  expect(error).toMatchObject({ code: 'host-constant-too-large', message: expect.stringMatching(here) });
  expect(error.message).toContain('shape [300000] (1200000 bytes)');
  const step = compile('ones', (state: State, x: tf.Tensor) => ({
    state,
    outputs: tf.add(tf.ones([300_000]), tf.sum(x)),
  }));
  expect(step.trace({ w: spec }, spec).graphDef.length).toBeLessThan(2000);
});

it('refuses results whose shape depends on values', () => {
  const error = refusal((_, x) => tf.unique(x).values);
  expect(error.code).toBe('unknown-shape');
  expect(error.message).toContain('the shape of the result of UniqueV2 is [?]: it depends on values');
});

it('says which op TensorFlow refused', () => {
  const error = refusal((s, x) => {
    const wide = tf.reshape(s.w, [1, 2]);
    // tfjs checks the shapes of its own ops; an attribute slips through.
    return tf
      .engine()
      .runKernel(
        'Conv2D',
        { x: wide, filter: x } as never,
        { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: 1 } as never,
      );
  });
  expect(error.code).toBe('op-refused');
  expect(error.message).toMatch(/op Conv2D was refused: .*rank/);
});

it('refuses tensors of another function', () => {
  let leaked: tf.Tensor | undefined;
  const step = compile('leak', (state: State, x: tf.Tensor) => {
    leaked = tf.keep(tf.square(x));
    return { state, outputs: {} };
  });
  step.trace({ w: spec }, spec);
  expect(() => tf.add(leaked!, 1)).toThrow(
    '[engine] a tensor made while tracing one function is used outside it',
  );
  expect(refusal((_, x) => tf.add(x, leaked!)).code).toBe('tensor-of-another-trace');
  expect(
    refusal((_, x) => void traceFunction('inner', (y) => [tf.add(y, x)], [{ shape: [2], tfDtype: 1 }])).code,
  ).toBe('tensor-of-another-trace');
  leaked!.dispose();
});

it('refuses a disposed tensor by naming the rule', () => {
  const error = refusal((s, x) => {
    let inner = x;
    valueAndGrad((params) => {
      inner = tf.square(params.w);
      return { loss: tf.sum(inner), aux: {} };
    }, s);
    return tf.add(inner, 1);
  });
  expect(error.message).toContain(
    'a disposed tensor is used; what tidy() or valueAndGrad() should let live must be returned',
  );
  expect(error.message).toMatch(here);
});

it('refuses a step that changes the structure of its state, or returns nothing', async () => {
  const x = tf.tensor1d([1, 2]);
  const cell = new StateCell({ w: tf.tensor1d([1, 2]) });
  const cases: [(state: State) => unknown, string][] = [
    [() => ({ state: {}, outputs: {} }), "'w' is missing in the state that step odd returns"],
    [
      (state) => ({ state: { ...state, n: x }, outputs: {} }),
      "'n' is new in the state that step odd returns",
    ],
    [
      (state) => ({ state: { w: tf.sum(state.w) }, outputs: {} }),
      "state 'w' is float32 [2] before step odd and float32 [] after it",
    ],
    [(state) => ({ state: { w: tf.cast(state.w, 'int32') }, outputs: {} }), 'and int32 [2] after it'],
    [(state) => state, 'step odd must return { state, outputs }, got { w }'],
  ];
  for (const [body, message] of cases) {
    const step = compile('odd', body as never);
    await expect(step.run(cell, x)).rejects.toThrow(message);
    await expect(step.eager(cell, x)).rejects.toThrow(message);
  }
  expect(Array.from(cell.value.w.dataSync())).toEqual([1, 2]);
});

it('traces and computes as usual after a refusal inside a gradient', async () => {
  refusal(
    (s) =>
      valueAndGrad((params) => ({ loss: tf.mul(tf.sum(params.w), params.w.dataSync()[0]!), aux: {} }), s)
        .loss,
  );
  const step = compile('good', (state: State, x: tf.Tensor) => {
    const { grads } = valueAndGrad(({ w }) => ({ loss: tf.sum(tf.mul(w, x)), aux: {} }), state);
    return { state, outputs: grads.w };
  });
  const cell = new StateCell({ w: tf.tensor1d([1, 2]) });
  const gradient = await step.run(cell, tf.tensor1d([3, 4]));
  expect(Array.from(gradient.dataSync())).toEqual([3, 4]);
  step.dispose();
});
