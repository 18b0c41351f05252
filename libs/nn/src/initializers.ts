/** How parameters start. Each initializer is a pure function of a shape and a key, so a seed fixes every weight. */
import { random, type Key } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';

/** The result has `shape` and dtype float32. */
export type Initializer = (shape: number[], key: Key) => tf.Tensor;

/** N(mean, stddev^2): DCGAN's rule is `normal(0.02)` for kernels and `normal(0.02, 1)` for batch-norm gains. */
export const normal =
  (stddev: number, mean = 0): Initializer =>
  (shape, key) =>
    tf.add(tf.mul(random.normal(shape, key), stddev), mean);

/** U(-limit, limit). */
export const uniform =
  (limit: number): Initializer =>
  (shape, key) =>
    random.uniform(shape, key, -limit, limit);

/** Glorot and Bengio (2010), eq. 16: U(-a, a) with a = sqrt(6 / (fanIn + fanOut)). */
export const glorotUniform: Initializer = (shape, key) => {
  const { fanIn, fanOut } = fans(shape);
  return uniform(Math.sqrt(6 / (fanIn + fanOut)))(shape, key);
};

/** Glorot and Bengio (2010) with a normal distribution: the variance is 2 / (fanIn + fanOut). */
export const glorotNormal: Initializer = (shape, key) => {
  const { fanIn, fanOut } = fans(shape);
  return normal(Math.sqrt(2 / (fanIn + fanOut)))(shape, key);
};

/** He et al. (2015), eq. 10: N(0, 2 / fanIn), for layers before a ReLU. */
export const heNormal: Initializer = (shape, key) => normal(Math.sqrt(2 / fans(shape).fanIn))(shape, key);

/** A start by `initializer`, `gain` times as large. */
export const scaled =
  (gain: number, initializer: Initializer): Initializer =>
  (shape, key) =>
    tf.mul(initializer(shape, key), gain);

export const constant =
  (value: number): Initializer =>
  (shape) =>
    tf.fill(shape, value);

export const zeros = constant(0);
export const ones = constant(1);

/** Kernels are `[...spatial, in, out]`, so every leading dimension widens the field that feeds one unit. */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const last = shape.at(-1) ?? 1;
  return { fanIn: field * (shape.at(-2) ?? last), fanOut: field * last };
}
