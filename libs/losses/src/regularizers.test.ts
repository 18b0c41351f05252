import { random, startEngine } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { auxiliaryClassifierLoss } from './auxiliary-classifier.ts';
import { lazySettings } from './lazy-regularization.ts';
import { orthogonalPenalty } from './orthogonal-regularization.ts';

beforeAll(() => startEngine({}));

const draws = (shape: number[]): tf.Tensor => random.normal(shape, random.key(5, 'w'));
const valueOf = (x: tf.Tensor): number => x.dataSync()[0]!;

describe('orthogonal regularisation', () => {
  it('is 0 for orthonormal filters, and with the diagonal left out for orthogonal ones of any length', () => {
    const turn = tf.tensor2d([
      [0.6, -0.8],
      [0.8, 0.6],
    ]);
    expect(valueOf(orthogonalPenalty({ w: turn }, { form: 'plain' }))).toBeCloseTo(0, 6);
    expect(valueOf(orthogonalPenalty({ w: tf.mul(turn, 3) }, { form: 'plain' }))).toBeCloseTo(2 * 8 ** 2, 4);
    expect(valueOf(orthogonalPenalty({ w: tf.mul(turn, 3) }))).toBeCloseTo(0, 6);
  });

  it("has twice the gradient that BigGAN-PyTorch applies, 2 W (W'W without its diagonal)", () => {
    const kernel = draws([3, 3, 2, 4]);
    const slope = tf.grad((w: tf.Tensor) => orthogonalPenalty({ w }))(kernel);
    const W = tf.reshape(kernel, [18, 4]) as tf.Tensor2D;
    const rest = tf.mul(tf.matMul(W, W, true), tf.sub(1, tf.eye(4))) as tf.Tensor2D;
    const applied = tf.reshape(tf.mul(tf.matMul(W, rest), 2), [3, 3, 2, 4]);
    expect(valueOf(tf.max(tf.abs(tf.sub(slope, tf.mul(applied, 2)))))).toBeLessThan(1e-3);
  });

  it('adds up kernels, leaves out vectors and what is named', () => {
    const w = draws([3, 4]);
    const params = { w, v: w, bias: tf.ones([4]), shared: w };
    const one = valueOf(orthogonalPenalty({ w }));
    expect(valueOf(orthogonalPenalty(params, { except: ['shared'] }))).toBeCloseTo(2 * one, 4);
    expect(valueOf(orthogonalPenalty({ bias: tf.ones([4]) }))).toBe(0);
  });
});

describe('auxiliary classifier', () => {
  it('costs ln 10 when it knows nothing of 10 classes, and -log p of the label in general', () => {
    expect(
      valueOf(auxiliaryClassifierLoss(tf.zeros([4, 10]), tf.tensor1d([0, 3, 9, 9], 'int32'))),
    ).toBeCloseTo(Math.log(10), 6);
    const logits = [
      [1, -2, 0.5],
      [0, 3, -1],
    ];
    const labels = [2, 1];
    const expected =
      logits.reduce((sum, row, i) => {
        const total = row.reduce((a, l) => a + Math.exp(l), 0);
        return sum - Math.log(Math.exp(row[labels[i]!]!) / total);
      }, 0) / 2;
    const loss = auxiliaryClassifierLoss(tf.tensor2d(logits), tf.tensor1d(labels, 'int32'));
    expect(valueOf(loss)).toBeCloseTo(expected, 5);
  });

  it('has no infinite loss for a certain mistake', () => {
    const loss = auxiliaryClassifierLoss(tf.tensor2d([[-400, 400]]), tf.tensor1d([0], 'int32'));
    expect(valueOf(loss)).toBeCloseTo(800, 2);
  });
});

describe('lazy regularisation', () => {
  it("scales StyleGAN2's settings as its authors do", () => {
    const settings = { learningRate: 0.002, beta1: 0, beta2: 0.99 };
    const r1 = lazySettings(settings, 16);
    expect(r1.learningRate / settings.learningRate).toBeCloseTo(0.941176, 6);
    expect([r1.beta1, r1.beta2]).toEqual([0, expect.closeTo(0.9905855, 7)]);
    const path = lazySettings(settings, 4);
    expect(path.learningRate / settings.learningRate).toBeCloseTo(0.8, 9);
    expect(path.beta2).toBeCloseTo(0.991992, 6);
  });
});
