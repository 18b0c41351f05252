/**
 * Spectral normalisation (Miyato et al., 2018) as BigGAN-PyTorch has it: each forward pass takes one step of the power
 * iteration from the vector that the last training pass left.
 */
import { stopGradient } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { normal, zeros } from '../initializers.ts';
import type { Parametrization } from './parametrization.ts';

export interface SpectralNormOptions {
  epsilon?: number;
  iterations?: number;
  /** How many of the largest singular values to follow, for monitoring; the kernel is divided by the first. */
  numSingularValues?: number;
}

/** Row vectors `[1, n]`. */
const unit = (x: tf.Tensor, epsilon: number): tf.Tensor =>
  tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x))), epsilon));

const withoutShares = (x: tf.Tensor, directions: tf.Tensor[]): tf.Tensor =>
  directions.reduce((rest, y) => tf.sub(rest, tf.mul(tf.sum(tf.mul(rest, y)), y)), x);

/**
 * The kernel over its largest singular value, as a matrix `[all other axes, outputs]`. Statistics of the layer: `u`
 * `[numSingularValues, outputs]`, the left vectors, and `sigma` `[numSingularValues]`, the values of the last training
 * pass. Both follow from the kernel and the last `u` alone, so ranks with equal kernels hold equal vectors. To gradients
 * the vectors are constants.
 */
export const spectralNorm =
  ({ epsilon = 1e-12, iterations = 1, numSingularValues = 1 }: SpectralNormOptions = {}): Parametrization =>
  (scope, kernel, outputAxis) => {
    const outputs = kernel.shape[outputAxis]!;
    const others = kernel.shape.map((_, axis) => axis).filter((axis) => axis !== outputAxis);
    const last = outputAxis === kernel.rank - 1;
    const matrix = tf.reshape(last ? kernel : tf.transpose(kernel, [...others, outputAxis]), [-1, outputs]);
    const constant = stopGradient(matrix);
    let lefts = tf.split(scope.stat('u', [numSingularValues, outputs], normal(1)), numSingularValues);
    scope.stat('sigma', [numSingularValues], zeros);
    let sigmas: tf.Tensor[] = [];
    for (let iteration = 0; iteration < iterations; iteration++) {
      const rights: tf.Tensor[] = [];
      const nextLefts: tf.Tensor[] = [];
      sigmas = lefts.map((left) => {
        const right = unit(withoutShares(tf.matMul(left, constant, false, true), rights), epsilon);
        rights.push(right);
        const image = tf.matMul(right, matrix);
        const next = unit(withoutShares(stopGradient(image), nextLefts), epsilon);
        nextLefts.push(next);
        return tf.sum(tf.mul(image, next));
      });
      lefts = nextLefts;
    }
    if (scope.options.training) {
      scope.setStat('u', tf.concat(lefts, 0));
      scope.setStat('sigma', stopGradient(tf.stack(sigmas)));
    }
    return tf.div(kernel, sigmas[0]!);
  };
