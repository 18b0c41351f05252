/** Orthogonal start (Saxe et al., 2014): a random matrix with orthonormal columns, or rows where it is wide. */
import { random, rawOp } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import type { Initializer } from './initializers.ts';

/**
 * The tensor as a matrix `[all axes but the last, last]`. Uniform over such matrices: the signs of R's diagonal are moved
 * into Q. TensorFlow's QR decomposition is an op, so this can be traced; it has no gradient.
 */
export const orthogonal =
  (gain = 1): Initializer =>
  (shape, key) => {
    const columns = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const tall: [number, number] = rows >= columns ? [rows, columns] : [columns, rows];
    const [q, r] = rawOp('Qr', [random.normal(tall, key)]) as [tf.Tensor2D, tf.Tensor2D];
    const [diagonal] = rawOp('MatrixDiagPart', [r]) as [tf.Tensor];
    const signed = tf.mul(q, tf.where(tf.less(diagonal, 0), tf.scalar(-gain), tf.scalar(gain)));
    return tf.reshape(rows >= columns ? signed : tf.transpose(signed), shape);
  };
