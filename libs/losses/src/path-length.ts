/** Path length regularisation (Karras et al., 2020, section 3.2): a step in W moves the image by a constant distance. */
import { allReduce } from '@kiln/collectives';
import { stopGradient } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';

export interface PathLengthInputs {
  /** From w to images `[batch, height, width, channels]`. */
  readonly synthesize: (w: tf.Tensor) => tf.Tensor;
  /** `[batch, features]`, or `[batch, layers, features]` with a w for each layer. */
  readonly w: tf.Tensor;
  /** N(0, 1) of the shape of the images. */
  readonly noise: tf.Tensor;
  /** Scalar: the moving average of lengths so far, 0 at the start. */
  readonly mean: tf.Tensor;
  /** Share of the lengths of this batch in the moving average. */
  readonly decay?: number;
}

export interface PathLength {
  /** E(|J^T y| - a)^2 before its weight, 2 in the paper. */
  readonly penalty: tf.Scalar;
  /** The moving average a, for the next step: of the batch of all workers, the same on each. */
  readonly mean: tf.Scalar;
  /** `[batch]`. */
  readonly lengths: tf.Tensor1D;
}

/**
 * y is `noise` over the square root of the number of pixels, and |J^T y| the root of the mean over layers of squared
 * norms. As in the authors' code a already contains this batch, and the penalty is differentiated through it.
 */
export function pathLength({ synthesize, w, noise, mean, decay = 0.01 }: PathLengthInputs): PathLength {
  const [, height, width] = noise.shape as [number, number, number];
  const y = tf.div(noise, Math.sqrt(height * width));
  const slopes = tf.grad((codes: tf.Tensor) => tf.sum(tf.mul(synthesize(codes), y)))(w);
  const squares = tf.sum(tf.square(slopes), -1);
  const lengths = tf.sqrt(squares.rank > 1 ? tf.mean(squares, 1) : squares) as tf.Tensor1D;
  const batchMean = allReduce(tf.mean(lengths) as tf.Scalar, 'mean', 'path-length');
  const next = tf.add(mean, tf.mul(tf.sub(batchMean, mean), decay)) as tf.Scalar;
  return { penalty: tf.mean(tf.square(tf.sub(lengths, next))), mean: stopGradient(next), lengths };
}
