/**
 * Compares first and second derivatives with central differences.
 *
 * For an op y(x…) the first check is the gradient of Σ r·y + y²/2 for all inputs; the second is the gradient
 * of Σ c·(first gradients). r and c are fixed and random. Each gradient is projected on a random direction and
 * compared with a five-point difference along it. Values are float32, sums over elements are in double.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type InputSpec, type Random, awayFromZero, draw, generator } from './inputs.ts';

export interface GradientCase {
  name: string;
  inputs: InputSpec[];
  op: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** Inputs the first gradient is taken for; all where left out. */
  wrt?: number[];
  /** Step sizes of the difference where the default ones leave the smooth part. */
  steps?: number[];
}

export interface GradientErrors {
  first: number;
  second: number;
}

/** The smallest error of stock tfjs among the cases that it gets wrong is thirty times this. */
export const LARGEST_ERROR = 1e-3;

const DEFAULT_STEPS = [3e-2, 1e-2];

const dot = (a: ArrayLike<number>[], b: ArrayLike<number>[]): number =>
  a.reduce((sum, values, i) => sum + Array.from(values).reduce((s, value, j) => s + value * b[i]![j]!, 0), 0);

const norm = (a: ArrayLike<number>[]): number => Math.sqrt(dot(a, a));

const read = (tensors: tf.Tensor[]): Float32Array[] => tensors.map((tensor) => tensor.dataSync<'float32'>());

/** The loss of a case as a tfjs function, with the weights r that it needs. */
export function lossOf({ op }: GradientCase, r: tf.Tensor): (...inputs: tf.Tensor[]) => tf.Scalar {
  return (...inputs) => {
    const y = op(...inputs);
    return tf.add(tf.sum(tf.mul(y, r)), tf.mul(tf.sum(tf.square(y)), 0.5)) as tf.Scalar;
  };
}

/** Gradients of the loss for the inputs in `wrt`. */
export function firstGradients(example: GradientCase, r: tf.Tensor): (inputs: tf.Tensor[]) => tf.Tensor[] {
  const loss = lossOf(example, r);
  const wrt = example.wrt ?? example.inputs.map((_, i) => i);
  return (inputs) =>
    tf.grads((...picked) =>
      loss(...inputs.map((input, i) => (wrt.includes(i) ? picked[wrt.indexOf(i)]! : input))),
    )(wrt.map((i) => inputs[i]!));
}

/** Gradients for all inputs of the first gradients contracted with c. */
export function secondGradients(
  example: GradientCase,
  r: tf.Tensor,
  c: tf.Tensor[],
): (inputs: tf.Tensor[]) => tf.Tensor[] {
  const first = firstGradients(example, r);
  return (inputs) =>
    tf.grads((...xs) => {
      const terms = first(xs).map((g, i) => tf.sum(tf.mul(g, c[i]!)));
      return terms.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
    })(inputs);
}

export interface Drawn {
  inputs: tf.Tensor[];
  r: tf.Tensor;
  c: tf.Tensor[];
}

/** The tensors of a case; the same for every call. */
export function drawn(
  example: GradientCase,
  random: Random = generator(example.name.length * 7919 + 17),
): Drawn {
  const tensors = example.inputs.map((spec) => tf.tensor(draw(spec, random), spec.shape));
  const weights = (shape: number[]): tf.Tensor =>
    tf.tensor(draw({ shape, kind: 'uniform', low: -1, high: 1 }, random), shape);
  const shape = tf.tidy(() => example.op(...tensors).shape);
  const wrt = example.wrt ?? example.inputs.map((_, i) => i);
  return { inputs: tensors, r: weights(shape), c: wrt.map((i) => weights(example.inputs[i]!.shape)) };
}

/** An error this small needs no second step size. */
const GOOD_ENOUGH = 1e-4;

/** Projects the gradient on a direction and compares with differences; the best of the step sizes counts. */
function errorAlong(
  gradient: ArrayLike<number>[],
  directions: Float32Array[],
  steps: number[],
  valueAt: (shift: number) => number,
): number {
  const analytic = dot(gradient, directions);
  const size = gradient.reduce((total, values) => total + values.length, 0);
  const typical = (norm(gradient) * norm(directions)) / Math.sqrt(size);
  let best = Number.POSITIVE_INFINITY;
  for (const h of steps) {
    const difference = (8 * (valueAt(h) - valueAt(-h)) - (valueAt(2 * h) - valueAt(-2 * h))) / (12 * h);
    const error =
      Math.abs(difference - analytic) / Math.max(Math.abs(difference), Math.abs(analytic), typical, 0.05);
    if (Number.isNaN(error)) return error;
    best = Math.min(best, error);
    if (best < GOOD_ENOUGH) break;
  }
  return best;
}

/** Largest relative error of the first and of the second gradient. */
export function check(example: GradientCase): GradientErrors {
  return tf.tidy(() => {
    const { inputs, r, c } = drawn(example);
    const wrt = example.wrt ?? inputs.map((_, i) => i);
    const random = generator(4711);
    const directions = inputs.map((input) => draw(awayFromZero(input.shape), random));
    const steps = example.steps ?? DEFAULT_STEPS;
    const shifted = (by: number): tf.Tensor[] =>
      inputs.map((input, i) => {
        const values = input.dataSync<'float32'>();
        return tf.tensor(
          values.map((value, j) => value + by * directions[i]![j]!),
          input.shape,
        );
      });
    const weights = read([r])[0]!;
    const lossAt = (by: number): number =>
      tf.tidy(() => {
        // Inputs the gradient is not taken for stay where they are.
        const xs = shifted(by).map((x, i) => (wrt.includes(i) ? x : inputs[i]!));
        const [y] = read([example.op(...xs)]);
        return dot([y!], [weights]) + 0.5 * dot([y!], [y!]);
      });
    const first = firstGradients(example, r);
    const firstError = errorAlong(
      read(first(inputs)),
      wrt.map((i) => directions[i]!),
      steps,
      lossAt,
    );
    const contraction = read(c);
    const contractedAt = (by: number): number => tf.tidy(() => dot(read(first(shifted(by))), contraction));
    const second = read(secondGradients(example, r, c)(inputs));
    return { first: firstError, second: errorAlong(second, directions, steps, contractedAt) };
  });
}
