/** Mirrors images left to right where their coin says so. */
import { conditional } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { ints, op, reshape } from './ops.ts';

/** images: [samples, height, width, channels]; draws: float32 [samples] in [0, 1). */
export function mirrorSome(images: tf.Tensor, draws: tf.Tensor): tf.Tensor {
  const [samples, height, width, channels] = images.shape as [number, number, number, number];
  const mirrored = tf.less(draws, 0.5);
  // The op has a quick way for three dimensions.
  const rows = op('ReverseV2', [reshape(images, [samples * height, width, channels]), ints(1)]);
  const reverseRows = reshape(rows, [samples, height, width, channels]);
  return op('SelectV2', [reshape(mirrored, [samples, 1, 1, 1]), reverseRows, images]);
}

/**
 * image: [height, width, channels]; draw: float32 scalar in [0, 1). A branch: turning a large image round only to throw it away costs more
 * than resizing it.
 */
export function mirrorOne(image: tf.Tensor, draw: tf.Tensor): tf.Tensor {
  const [result] = conditional(
    tf.less(draw, 0.5),
    (image: tf.Tensor) => [op('ReverseV2', [image, ints(1)])],
    (image: tf.Tensor) => [image],
    [image],
  );
  return result as tf.Tensor;
}
