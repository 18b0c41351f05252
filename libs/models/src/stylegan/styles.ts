/** What is done with w between StyleGAN's two networks: one for each layer, two mixed, truncated towards the mean. */
import * as tf from '@tensorflow/tfjs-core';

/** w: `[batch, features]` -> the same w for each layer, `[batch, numLayers, features]`. */
export function styleForLayers(w: tf.Tensor, numLayers: number): tf.Tensor {
  const [batch, features] = w.shape as [number, number];
  return tf.broadcastTo(tf.expandDims(w, 1), [batch, numLayers, features]);
}

/**
 * Style mixing (Karras et al., 2019, section 3.1): the layers of sample i below `crossover[i]` have its w in `first`, the
 * others that in `second`. first and second: `[batch, features]`; crossover: float32 `[batch]`, whole numbers from 0 to
 * `numLayers` -> `[batch, numLayers, features]`.
 */
export function mixStyles(
  first: tf.Tensor,
  second: tf.Tensor,
  crossover: tf.Tensor,
  numLayers: number,
): tf.Tensor {
  const layers = tf.range(0, numLayers, 1, 'float32');
  const isFirst = tf.expandDims(tf.less(layers, tf.expandDims(crossover, 1)), 2);
  return tf.where(isFirst, tf.expandDims(first, 1), tf.expandDims(second, 1));
}

/** Layers `from` to `to`, the last left out, take `w`, `[batch, features]`, in place of their own. styles: `[batch, layers, features]`. */
export function replaceStyles(
  styles: tf.Tensor,
  w: tf.Tensor,
  { from, to }: { from: number; to: number },
): tf.Tensor {
  const numLayers = styles.shape[1]!;
  const layers = tf.range(0, numLayers, 1, 'float32');
  const isReplaced = tf.logicalAnd(tf.greaterEqual(layers, from), tf.less(layers, to));
  return tf.where(tf.reshape(isReplaced, [1, numLayers, 1]), tf.expandDims(w, 1), styles);
}

/**
 * Truncation in W (Karras et al., 2019, appendix B): `mean + psi (w - mean)` in the first `cutoff` layers. styles: `[batch,
 * layers, features]`, mean: `[features]`, psi: float32 scalar. At psi 1 the styles come back to the last bit.
 */
export function truncateStyles(
  styles: tf.Tensor,
  mean: tf.Tensor,
  psi: tf.Tensor,
  cutoff: number,
): tf.Tensor {
  const numLayers = styles.shape[1]!;
  const reached = tf.reshape(tf.less(tf.range(0, numLayers, 1, 'float32'), cutoff), [1, numLayers, 1]);
  const changes = tf.logicalAnd(reached, tf.notEqual(psi, 1));
  return tf.where(changes, tf.add(mean, tf.mul(tf.sub(styles, mean), psi)), styles);
}
