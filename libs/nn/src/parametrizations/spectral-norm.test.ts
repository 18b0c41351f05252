import { compile, startEngine, StateCell, valueAndGrad } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { conv2d, conv2dTranspose } from '../layers/conv2d.ts';
import { dense } from '../layers/dense.ts';
import { embedding } from '../layers/embedding.ts';
import type { Scope, Variables } from '../scope.ts';
import { distance, draws, run, values, variablesOf } from '../testing/layers.ts';
import { spectralNorm } from './spectral-norm.ts';

beforeAll(() => startEngine({}));

/** Singular values 3, 2 and 1 in rotated bases. */
function knownMatrix(): tf.Tensor2D {
  const basis = (stream: string): tf.Tensor2D =>
    tf.linalg.qr(draws([3, 3], stream) as tf.Tensor2D)[0] as never;
  return tf.matMul(tf.mul(basis('left'), [3, 2, 1]), basis('right')) as tf.Tensor2D;
}

const layer =
  (options = {}) =>
  (s: Scope): tf.Tensor =>
    dense(s, tf.eye(3), 3, { bias: false, parametrization: spectralNorm(options) });

function train(forward: (s: Scope) => tf.Tensor, start: Variables, passes: number): Variables {
  let variables = start;
  for (let pass = 0; pass < passes; pass++) variables = run(forward, variables).variables;
  return variables;
}

describe('spectral norm', () => {
  it('divides by the largest singular value, within 1e-3 after 20 passes', () => {
    const start = { ...variablesOf(layer()), params: { kernel: knownMatrix() } };
    const trained = train(layer(), start, 20);
    expect(values(trained.stats['sigma']!)[0]).toBeCloseTo(3, 3);
    expect(distance(run(layer(), trained).y, tf.div(knownMatrix(), 3))).toBeLessThan(1e-3);
  });

  it('follows several singular values', () => {
    const forward = layer({ numSingularValues: 3, iterations: 5 });
    const start = { ...variablesOf(forward), params: { kernel: knownMatrix() } };
    const sigmas = values(train(forward, start, 20).stats['sigma']!);
    [3, 2, 1].forEach((sigma, i) => expect(sigmas[i]).toBeCloseTo(sigma, 2));
  });

  it('takes one step of the power iteration for each training pass and none otherwise', () => {
    const start = { ...variablesOf(layer()), params: { kernel: knownMatrix() } };
    const once = run(layer(), start).variables.stats['u']!;
    const W = tf.transpose(knownMatrix());
    const v = tf.matMul(start.stats['u']! as tf.Tensor2D, W as tf.Tensor2D);
    const next = tf.matMul(tf.div(v, tf.norm(v)) as tf.Tensor2D, W as tf.Tensor2D, false, true);
    expect(distance(once, tf.div(next, tf.norm(next)))).toBeLessThan(1e-5);
    const evaluated = run(layer(), start, { training: false });
    expect(distance(evaluated.variables.stats['u']!, start.stats['u']!)).toBe(0);
    expect(distance(evaluated.y, run(layer(), start).y)).toBe(0);
  });

  it('has the gradient of W / (u W v) with u and v held', () => {
    const start = { ...variablesOf(layer()), params: { kernel: knownMatrix() } };
    const trained = train(layer(), start, 50);
    const weights = draws([3, 3], 'weights');
    const loss = (kernel: tf.Tensor): tf.Scalar =>
      tf.sum(tf.mul(run(layer(), { params: { kernel }, stats: trained.stats }).y, weights));
    const slope = tf.grad(loss)(knownMatrix());
    // Miyato et al., eq. 12, at the fixed point: (dL - <dL, W> / sigma · v uᵀ) / sigma.
    const u = trained.stats['u']! as tf.Tensor2D;
    const v = tf.matMul(u, knownMatrix(), false, true);
    const outer = tf.matMul(tf.div(v, tf.norm(v)) as tf.Tensor2D, u, true, false);
    const share = tf.div(tf.sum(tf.mul(weights, knownMatrix())), 9);
    expect(distance(slope, tf.sub(tf.div(weights, 3), tf.mul(outer, share)))).toBeLessThan(1e-4);
  });

  it('is made for convolutions, their transposes and embeddings, with a vector over the outputs', () => {
    const options = { bias: false, parametrization: spectralNorm({ iterations: 50 }) };
    const image = draws([2, 4, 4, 3]);
    const labels = tf.tensor1d([1, 0], 'int32');
    const layers: [(s: Scope) => tf.Tensor, number][] = [
      [(s) => conv2d(s, image, 5, { ...options, kernelSize: 3 }), 5],
      [(s) => conv2dTranspose(s, image, 5, { ...options, kernelSize: 3, stride: 2 }), 5],
      [(s) => embedding(s, labels, 7, 4, options), 7],
    ];
    for (const [forward, outputs] of layers) {
      const start = variablesOf(forward);
      expect(start.stats['u']!.shape).toEqual([1, outputs]);
      const { y, variables } = run(forward, start);
      const sigma = values(variables.stats['sigma']!)[0]!;
      // Scaling the stored kernel does not change what is used.
      const scaled = run(forward, {
        params: { kernel: tf.mul(start.params['kernel']!, 10) },
        stats: start.stats,
      });
      expect(distance(scaled.y, y)).toBeLessThan(1e-4);
      expect(values(scaled.variables.stats['sigma']!)[0]).toBeCloseTo(10 * sigma, 2);
    }
  });

  it('gives the same vectors compiled, and lets them out of a penalty', async () => {
    const start = { ...variablesOf(layer()), params: { kernel: knownMatrix() } };
    const step = compile('penalty', (state: Variables) => {
      const { aux, loss } = valueAndGrad((params) => {
        let next = state;
        const slope = tf.grad((x: tf.Tensor) => {
          const { y, variables } = run(layer(), { params, stats: state.stats });
          next = variables;
          return tf.sum(tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D));
        })(tf.ones([1, 3]));
        return { loss: tf.sum(tf.square(slope)), aux: next.stats };
      }, state.params);
      return { state: { params: state.params, stats: aux }, outputs: { loss } };
    });
    const expected = values(run(layer(), start).variables.stats['u']!);
    const cell = new StateCell(start);
    await step.run(cell, {});
    expect(values(cell.value.stats['u']!)).toEqual(expected);
  });
});
