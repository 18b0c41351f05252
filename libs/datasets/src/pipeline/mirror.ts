/** Mirrors samples left to right with probability one half, decided by (seed, global position) alone. */
import { conditional } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { ints, op, reshape } from './ops.ts';

/**
 * images: [1, height, width, channels]; position: int64 [1]; seed: int64 [1].
 * A branch, because reversing both ways and selecting costs more than resizing does.
 */
export function mirrorHalf(images: tf.Tensor, position: tf.Tensor, seed: tf.Tensor): tf.Tensor {
  const key = op('ConcatV2', [[seed, position], tf.scalar(0, 'int32')]);
  const draw = op('StatelessRandomUniform', [ints(1), key]);
  const mirrored = conditional(
    tf.less(reshape(draw, []), 0.5),
    (images: tf.Tensor) => [op('ReverseV2', [images, ints(2)])],
    (images: tf.Tensor) => [images],
    [images],
  );
  return mirrored[0] as tf.Tensor;
}
