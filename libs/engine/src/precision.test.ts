import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { normalizeBatch } from './normalize-batch.ts';
import type { Precision } from './compile-options.ts';
import { random } from './random.ts';
import { startEngine } from './start-engine.ts';
import { StateCell } from './state-cell.ts';
import { valueAndGrad } from './value-and-grad.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

/** Runs `body(x)` compiled with the precision. */
async function run(
  precision: Precision,
  body: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
): Promise<Float32Array> {
  const step = compile('f', (state: {}, input: tf.Tensor) => ({ state, outputs: body(input) }), {
    precision,
  });
  const y = await step.run(new StateCell({}), x);
  step.dispose();
  expect(y.dtype).toBe('float32');
  return (await y.data()) as Float32Array;
}

const product = (x: tf.Tensor): tf.Tensor => tf.matMul(x as tf.Tensor2D, tf.ones([1, 1]));

// Bits of the mantissa, the hidden one included.
const narrow = [
  ['bfloat16', 8],
  ['float16', 11],
] as const;

describe.each(narrow)('%s', (precision, bits) => {
  const exact = 1 + 2 ** (1 - bits);
  const rounded = 1 + 2 ** -(bits + 1);

  it('computes matrix products and convolutions with so many bits', async () => {
    const x = tf.tensor2d([exact, rounded, 1], [3, 1]);
    expect(await run(precision, product, x)).toEqual(Float32Array.of(exact, 1, 1));
    expect((await run('float32', product, x))[1]).toBeCloseTo(rounded, 6);
    const image = tf.fill([1, 4, 4, 1], rounded) as tf.Tensor4D;
    const convolved = (y: tf.Tensor) => tf.conv2d(y as tf.Tensor4D, tf.ones([1, 1, 1, 1]), 1, 'same');
    expect((await run(precision, convolved, image))[0]).toBe(1);
  });

  it('keeps sums in float32', async () => {
    const many = 2 ** bits + 1;
    const ones = tf.ones([many, 1]);
    expect(await run(precision, (x) => tf.sum(product(x)), ones)).toEqual(Float32Array.of(many));
    expect(await run(precision, (x) => tf.mul(tf.mean(product(x)), many), ones)).toEqual(
      Float32Array.of(many),
    );
  });

  it('keeps the statistics of batch normalisation in float32', async () => {
    const mean = (y: tf.Tensor) =>
      normalizeBatch(tf.reshape(product(y), [64, 1, 1, 1]), tf.ones([1]), tf.zeros([1]), 1e-5).mean;
    // The mean of one value of 1 + 2^-k and 63 ones has k + 6 bits.
    const input = tf.tensor2d(
      Array.from({ length: 64 }, (_, i) => (i === 0 ? exact : 1)),
      [64, 1],
    );
    expect((await run(precision, mean, input))[0]).toBe(1 + 2 ** (1 - bits - 6));
  });

  it('keeps parameters and their updates in float32', async () => {
    const rate = 2 ** -14;
    const step = compile(
      'descend',
      (state: { w: tf.Tensor2D }, x: tf.Tensor) => {
        const { loss, grads } = valueAndGrad(
          ({ w }) => ({ loss: tf.sum(tf.matMul(x as tf.Tensor2D, w)), aux: {} }),
          state,
        );
        return { state: { w: tf.sub(state.w, tf.mul(grads.w, rate)) as tf.Tensor2D }, outputs: loss };
      },
      { precision },
    );
    const cell = new StateCell({ w: tf.ones([1, 1]) as tf.Tensor2D });
    await step.run(cell, tf.ones([1, 1]));
    expect(await cell.value.w.data()).toEqual(Float32Array.of(1 - rate));
    step.dispose();
    cell.dispose();
  });

  it('gives gradients of a small network near those of float32', async () => {
    const x = random.normal([8, 8, 8, 3], random.key(1, 'x'));
    const loss = (kernel: tf.Tensor): tf.Tensor =>
      tf.mean(tf.square(tf.leakyRelu(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 2, 'same'), 0.2)));
    const kernel = random.normal([4, 4, 3, 8], random.key(2, 'kernel'));
    const gradient = (k: tf.Tensor) =>
      valueAndGrad((params: { k: tf.Tensor }) => ({ loss: loss(params.k), aux: {} }), { k }).grads.k;
    const [near, right] = [await run(precision, gradient, kernel), await run('float32', gradient, kernel)];
    const size = Math.sqrt(right.reduce((sum, g) => sum + g * g, 0));
    const off = Math.sqrt(right.reduce((sum, g, i) => sum + (g - near[i]!) ** 2, 0));
    expect(off / size).toBeLessThan(2 ** (2 - bits));
    expect(off).toBeGreaterThan(0);
  });
});

it('float16 overflows where float32 does not', async () => {
  const x = tf.tensor2d([60_000, 70_000], [2, 1]);
  expect(await run('float16', product, x)).toEqual(Float32Array.of(60_000, Infinity));
  expect((await run('bfloat16', product, x))[1]).toBeCloseTo(70_000, -3);
});

describe.each(narrow)('%s with XLA', (precision, bits) => {
  const options = { precision, xla: true };
  const compiled = async (body: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): Promise<Float32Array> => {
    const step = compile('f', (state: {}, input: tf.Tensor) => ({ state, outputs: body(input) }), options);
    const y = await step.run(new StateCell({}), x);
    step.dispose();
    return (await y.data()) as Float32Array;
  };

  it('computes products with so many bits and sums in float32', async () => {
    const x = tf.tensor2d([1 + 2 ** (1 - bits), 1 + 2 ** -(bits + 1), 1], [3, 1]);
    expect(await compiled(product, x)).toEqual(Float32Array.of(1 + 2 ** (1 - bits), 1, 1));
    const many = 2 ** bits + 1;
    expect(await compiled((y) => tf.sum(product(y)), tf.ones([many, 1]))).toEqual(Float32Array.of(many));
  });

  it('casts a tensor once however many products it is in', () => {
    const step = compile(
      'casts',
      (state: {}, x: tf.Tensor2D) => ({ state, outputs: tf.matMul(tf.matMul(x, x), x) }),
      options,
    );
    const { graph } = step.trace({}, { shape: [2, 2], dtype: 'float32' });
    const casts = graph.nodes.filter(({ op }) => op === 'Cast');
    // x, the inner product, and both results back.
    expect(casts).toHaveLength(4);
    step.dispose();
  });
});
