/** The blend of two resolutions while a new one is faded in (Karras et al., 2018, figure 2). */
import { averagePool, upsampleNearest } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

/** `coarse` at alpha 0 and `fine` at alpha 1, exactly. Both `[batch, side, side, channels]`; alpha: float32 scalar. */
export function fade(coarse: tf.Tensor, fine: tf.Tensor, alpha: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(coarse, tf.sub(1, alpha)), tf.mul(fine, alpha));
}

/**
 * Real images as a stage shows them to D: reduced to its side by a box filter, and, while it fades in, blended with
 * what the side before showed. images: `[batch, full, full, channels]` -> `[batch, side, side, channels]`.
 */
export function imagesAtStage(
  images: tf.Tensor,
  { side, fading }: { side: number; fading: boolean },
  alpha: () => tf.Tensor,
): tf.Tensor {
  const factor = images.shape[1]! / side;
  const reduced = factor === 1 ? images : averagePool(images, factor);
  return fading ? fade(upsampleNearest(averagePool(reduced)), reduced, alpha()) : reduced;
}
