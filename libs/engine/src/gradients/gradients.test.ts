import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { startEngine } from '../start-engine.ts';
import { StateCell } from '../state-cell.ts';
import type { Tree } from '../tree.ts';
import { groups } from './testing/cases.ts';
import {
  check,
  type Drawn,
  drawn,
  LARGEST_ERROR,
  type GradientCase,
  secondGradients,
} from './testing/check.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

const bits = (tensor: tf.Tensor): Uint32Array => new Uint32Array(Float32Array.from(tensor.dataSync()).buffer);

/** The second gradients of all cases as one step. */
const step = (cases: GradientCase[]) => (state: Tree, inputs: readonly Drawn[]) => ({
  state,
  outputs: cases.map((example, i) =>
    secondGradients(example, inputs[i]!.r, inputs[i]!.c)([...inputs[i]!.inputs]),
  ),
});

for (const [group, cases] of Object.entries(groups) as [string, GradientCase[]][]) {
  describe(`gradients of ${group.toLowerCase()}`, () => {
    it.each(cases.map((example) => [example.name, example] as const))('%s', (_, example) => {
      const { first, second } = check(example);
      expect(first).toBeLessThan(LARGEST_ERROR);
      expect(second).toBeLessThan(LARGEST_ERROR);
    });

    it('are the same bits compiled as eagerly', async () => {
      const inputs = cases.map((example) => drawn(example));
      const compiled = compile('second_gradients', step(cases) as never) as ReturnType<
        typeof compile<Tree, Tree, tf.Tensor[][]>
      >;
      const cell = new StateCell<Tree>({ unused: tf.scalar(0) });
      const eager = await compiled.eager(cell, inputs as unknown as Tree);
      const traced = await compiled.run(cell, inputs as unknown as Tree);
      const different = cases.filter((_, i) =>
        eager[i]!.some((gradient, j) => bits(gradient).some((b, k) => b !== bits(traced[i]![j]!)[k])),
      );
      expect(different.map(({ name }) => name)).toEqual([]);
      compiled.dispose();
    });
  });
}

describe('the graph of a gradient', () => {
  it('holds no constant of the size of its tensors', () => {
    const image = [64, 128, 128, 32];
    const ops: Record<string, (x: tf.Tensor) => tf.Tensor> = {
      sum: (x) => tf.sum(x),
      mean: (x) => tf.mean(x, [1, 2]),
      max: (x) => tf.max(x, 3),
      min: (x) => tf.min(x),
      relu: (x) => tf.relu(x),
      leakyRelu: (x) => tf.leakyRelu(x, 0.2),
      step: (x) => tf.mul(tf.step(x), x),
      abs: (x) => tf.abs(x),
      maximum: (x) => tf.maximum(x, 0),
      clipByValue: (x) => tf.clipByValue(x, -1, 1),
      where: (x) => tf.where(tf.greater(x, 0), x, tf.neg(x)),
      logSumExp: (x) => tf.logSumExp(x),
      unstack: (x) => tf.unstack(x, 1)[3]!,
      concat: (x) => tf.concat([x, tf.square(x)], 3),
      gather: (x) => tf.gather(x, tf.tensor1d([0, 1, 1], 'int32')),
      unsortedSegmentSum: (x) => tf.unsortedSegmentSum(x, tf.range(0, 64, 1, 'int32'), 70),
      moments: (x) => tf.moments(x, [0, 1, 2]).variance,
    };
    for (const [name, op] of Object.entries(ops)) {
      const compiled = compile(`gradient_of_${name}`, (state: Tree, { x }: { x: tf.Tensor }) => ({
        state,
        outputs: tf.grad((y) => tf.sum(tf.square(tf.grad((z) => tf.sum(tf.square(op(z))))(y))))(x),
      }));
      const { graphDef } = compiled.trace(
        { unused: { shape: [], dtype: 'float32' } },
        { x: { shape: image, dtype: 'float32' } },
      );
      expect.soft(graphDef.length, name).toBeLessThan(100_000);
      compiled.dispose();
    }
  });
});

describe('memory', () => {
  it('is free again after gradients of gradients', () => {
    const example = groups['As models use them'].find(
      ({ name }) => name === 'gradient penalty of a tanh net',
    )!;
    check(example);
    const before = tf.memory().numTensors;
    check(example);
    expect(tf.memory().numTensors).toBe(before);
  });
});
