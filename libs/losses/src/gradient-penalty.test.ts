import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { drift } from './drift.ts';
import { squaredSlopes, type Critic } from './gradient-penalty.ts';
import { r1 } from './r1.ts';
import { wganGp } from './wgan-gp.ts';

beforeAll(() => startEngine({}));

const draws = (shape: number[], stream: string): tf.Tensor => random.normal(shape, random.key(5, stream));
const valueOf = (x: tf.Tensor): number => x.dataSync()[0]!;

const points = () => ({
  real: draws([3, 4, 4, 2], 'real'),
  fake: draws([3, 4, 4, 2], 'fake'),
  mix: tf.reshape(tf.tensor1d([0, 0.25, 1]), [3, 1, 1, 1]),
});

/** f(x) = a·x for one fixed a of the given norm. */
const linear = (norm: number): { a: tf.Tensor; D: Critic } => {
  const direction = draws([1, 4, 4, 2], 'a');
  const a = tf.mul(direction, tf.div(norm, tf.norm(direction)));
  return { a, D: (x) => tf.sum(tf.mul(x, a), [1, 2, 3]) };
};

/** f(x) = |x|^2 / 2, whose gradient is x itself. */
const bowl: Critic = (x) => tf.div(tf.sum(tf.square(x), [1, 2, 3]), 2);

describe('WGAN-GP', () => {
  it('of f(x) = a·x is (|a| - 1)^2', () => {
    for (const norm of [0.25, 1, 7])
      expect(valueOf(wganGp.penalty(linear(norm).D, points()))).toBeCloseTo((norm - 1) ** 2, 4);
  });

  it('has the slope 2 (|a| - 1) a / |a| for a', () => {
    const { a } = linear(3);
    const penalty = (weights: tf.Tensor): tf.Scalar =>
      wganGp.penalty((x) => tf.sum(tf.mul(x, weights), [1, 2, 3]), points());
    const difference = tf.max(tf.abs(tf.sub(tf.grad(penalty)(a), tf.mul(a, (2 * 2) / 3))));
    expect(valueOf(difference)).toBeLessThan(1e-5);
  });

  it('measures at mixtures: share 0 is the real image, 1 the generated one', () => {
    const at = points();
    const between = tf.add(tf.mul(at.real, tf.sub(1, at.mix)), tf.mul(at.fake, at.mix));
    const norms = [...tf.sqrt(tf.sum(tf.square(between), [1, 2, 3])).dataSync()];
    const expected = norms.reduce((sum, norm) => sum + (norm - 1) ** 2, 0) / 3;
    expect(valueOf(wganGp.penalty(bowl, at))).toBeCloseTo(expected, 4);
  });

  it('of a critic that is flat somewhere is finite, and so is its slope', () => {
    const penalty = (weight: tf.Tensor): tf.Scalar =>
      wganGp.penalty((x) => tf.mul(tf.sum(x, [1, 2, 3]), weight), points());
    expect(valueOf(penalty(tf.scalar(0)))).toBeCloseTo(1, 6);
    expect(valueOf(tf.grad(penalty)(tf.scalar(0)))).toBe(0);
  });
});

describe('R1', () => {
  it('of f(x) = a·x is |a|^2 / 2, of |x|^2 / 2 it is E|x|^2 / 2 at real images', () => {
    expect(valueOf(r1.penalty(linear(3).D, points()))).toBeCloseTo(4.5, 4);
    const expected = valueOf(tf.sum(tf.square(points().real))) / 3 / 2;
    expect(valueOf(r1.penalty(bowl, points()))).toBeCloseTo(expected, 3);
  });

  it('takes one slope for each sample', () => {
    const squares = squaredSlopes((x) => tf.mul(tf.sum(x, [1, 2, 3]), tf.tensor1d([1, 2, 3])), points().real);
    [32, 128, 288].forEach((square, i) => expect(squares.dataSync()[i]).toBeCloseTo(square, 3));
  });
});

describe('drift', () => {
  it('is the mean square of real logits', () => {
    expect(valueOf(drift(tf.tensor2d([[1], [-3]])))).toBe(5);
  });
});
