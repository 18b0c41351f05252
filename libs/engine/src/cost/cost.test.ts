import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { nameScope } from '../name-scope.ts';
import { startEngine } from '../start-engine.ts';
import type { Spec } from '../tree.ts';
import { valueAndGrad } from '../value-and-grad.ts';
import { type Cost, costOf } from './cost.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

const spec = (...shape: number[]): Spec => ({ shape, dtype: 'float32' });

/** Of a function of one argument, or of what `body` makes of several. */
function cost(
  body: (x: Record<string, tf.Tensor>) => Record<string, tf.Tensor>,
  specs: Record<string, Spec>,
): Cost {
  const step = compile('counted', (state: {}, x: Record<string, tf.Tensor>) => ({ state, outputs: body(x) }));
  try {
    return costOf(step.trace({}, specs).graph, (name) => name.split('/')[0]!);
  } finally {
    step.dispose();
  }
}

describe('flops', () => {
  it('of products are 2 m n k, transposed or not', () => {
    const x = { a: spec(3, 5), b: spec(5, 7) };
    const plain = cost(({ a, b }) => ({ y: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D) }), x);
    expect(plain.flops).toBe(2 * 3 * 7 * 5);
    const transposed = cost(
      ({ a, b }) => ({ y: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, true, true) }),
      { a: spec(5, 3), b: spec(7, 5) },
    );
    expect(transposed.flopsByFamily).toEqual({ product: 2 * 3 * 7 * 5 });
    const batched = cost(({ a, b }) => ({ y: tf.matMul(a!, b!) }), {
      a: spec(2, 4, 3, 5),
      b: spec(2, 4, 5, 7),
    });
    expect(batched.flops).toBe(8 * 2 * 3 * 7 * 5);
  });

  it('of a convolution and of both of its gradients are the same', () => {
    const shapes = { x: spec(2, 8, 8, 3), k: spec(4, 4, 3, 6) };
    const forward = 2 * (2 * 4 * 4 * 6) * (4 * 4 * 3);
    const conv = (x: tf.Tensor, k: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, 2, 'same');
    expect(cost(({ x, k }) => ({ y: conv(x!, k!) }), shapes).flops).toBe(forward);
    const withGradients = cost(
      (args) =>
        valueAndGrad(
          (p: Record<string, tf.Tensor>) => ({ loss: tf.sum(conv(p['x']!, p['k']!)), aux: {} }),
          args,
        ).grads,
      shapes,
    );
    // The forward pass itself is dead: the gradients of a convolution need its inputs only.
    expect(withGradients.flopsByFamily).toEqual({ convolution: 2 * forward });
    expect(withGradients.numLiveNodes).toBeLessThan(withGradients.numNodes);
  });

  it('of reductions are their inputs, of other arithmetic their outputs, of moves none', () => {
    const counted = cost(
      ({ x }) => ({
        sum: nameScope('sums', () => tf.sum(x!)),
        sine: nameScope('sines', () => tf.sin(x!)),
        moved: nameScope('moves', () => tf.transpose(x!)),
      }),
      { x: spec(4, 5) },
    );
    expect(counted.flopsByGroup).toEqual({ sums: 20, sines: 20 });
    expect(counted.flopsByFamily).toEqual({ reduction: 20, elementwise: 20 });
    expect(counted.nodesByFamily).toEqual({ reduction: 1, elementwise: 1 });
  });
});

describe('memory', () => {
  it('is freed after its last use, and written over by element-wise ops', () => {
    const chain = cost(({ x }) => ({ y: tf.sum(tf.sin(tf.exp(tf.neg(x!)))) }), { x: spec(1000) });
    expect(chain).toMatchObject({ argumentBytes: 4000, resultBytes: 4 });
    // One array lives at a time, beside the axis and the result of the sum.
    expect(chain.peak.bytes).toBeGreaterThanOrEqual(4000);
    expect(chain.peak.bytes).toBeLessThan(4100);
    expect(chain.peak.node).toMatch(/^Sum/);
  });

  it('is held by whatever is used later', () => {
    const kept = cost(
      ({ x }) => {
        const [a, b] = [tf.exp(x!), tf.sin(x!)];
        return { y: tf.add(tf.sum(tf.transpose(tf.reshape(a, [10, 100]))), tf.sum(tf.mul(a, b))) };
      },
      { x: spec(1000) },
    );
    expect(kept.peak.bytes).toBeGreaterThanOrEqual(12_000);
    expect(kept.peak.bytes).toBeLessThan(12_300);
  });
});
