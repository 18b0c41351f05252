import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { pathLength } from './path-length.ts';

beforeAll(() => startEngine({}));

const draws = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(5, stream));
const valueOf = (x: tf.Tensor): number => x.dataSync()[0]!;

describe('path length regularisation', () => {
  const noise = (): tf.Tensor => draws([3, 4, 4, 1], 'noise');
  const A = (): tf.Tensor2D => draws([5, 16], 'A') as tf.Tensor2D;
  const synthesize = (w: tf.Tensor): tf.Tensor => tf.reshape(tf.matMul(w as tf.Tensor2D, A()), [3, 4, 4, 1]);

  it('of a linear generator has the lengths |A y|, y the noise over the root of the number of pixels', () => {
    const { lengths } = pathLength({ synthesize, w: draws([3, 5], 'w'), noise: noise(), mean: tf.scalar(0) });
    const y = tf.div(tf.reshape(noise(), [3, 16]), 4) as tf.Tensor2D;
    const expected = tf.sqrt(tf.sum(tf.square(tf.matMul(y, A(), false, true)), 1));
    expect(valueOf(tf.max(tf.abs(tf.sub(lengths, expected))))).toBeLessThan(1e-5);
  });

  it('moves the mean by the decay towards this batch, and penalises the distance from it', () => {
    const { lengths, mean, penalty } = pathLength({
      synthesize,
      w: draws([3, 5], 'w'),
      noise: noise(),
      mean: tf.scalar(2),
      decay: 0.25,
    });
    const values = [...lengths.dataSync()];
    const next = 2 + 0.25 * (values.reduce((a, b) => a + b) / 3 - 2);
    expect(valueOf(mean)).toBeCloseTo(next, 5);
    expect(valueOf(penalty)).toBeCloseTo(values.reduce((sum, v) => sum + (v - next) ** 2, 0) / 3, 4);
  });

  it('is 0 for a generator that stretches everything alike once the mean has that length', () => {
    const turn = (w: tf.Tensor): tf.Tensor => tf.reshape(tf.mul(w, 2), [3, 4, 4, 1]);
    const unit = tf.mul(tf.ones([3, 4, 4, 1]), tf.reshape(tf.tensor1d([1, -1, 1]), [3, 1, 1, 1]));
    const { lengths, penalty } = pathLength({
      synthesize: turn,
      w: draws([3, 16], 'w'),
      noise: unit,
      mean: tf.scalar(2),
    });
    [...lengths.dataSync()].forEach((length) => expect(length).toBeCloseTo(2, 5));
    expect(valueOf(penalty)).toBeCloseTo(0, 8);
  });

  it('averages squared norms over layers when each has a w of its own', () => {
    const each = (w: tf.Tensor): tf.Tensor => synthesize(tf.sum(w, 1));
    const w = draws([3, 5], 'w');
    const layered = tf.tile(tf.expandDims(tf.div(w, 4), 1), [1, 4, 1]);
    const options = { noise: noise(), mean: tf.scalar(0) };
    const one = pathLength({ ...options, synthesize, w }).lengths;
    const four = pathLength({ ...options, synthesize: each, w: layered }).lengths;
    expect(valueOf(tf.max(tf.abs(tf.sub(one, four))))).toBeLessThan(1e-5);
  });
});
