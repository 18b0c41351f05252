/**
 * oneDNN has a softmax of its own, which TensorFlow puts into functions but not into eager execution: the last
 * bits would differ between the two. Composed, they agree.
 */
import * as tf from '@tensorflow/tfjs-core';
import { kernel } from './kernel.ts';

export const softmax = kernel<{ dim: number }>('Softmax', ({ logits }, { dim }) => {
  const powers = tf.exp(tf.sub(logits!, tf.max(logits!, dim, true)));
  return tf.div(powers, tf.sum(powers, dim, true));
});
