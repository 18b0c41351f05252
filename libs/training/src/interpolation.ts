/** The way from one latent code to another. */
import * as tf from '@tensorflow/tfjs-core';

export const ways = ['lerp', 'slerp'] as const;
/** `lerp` goes straight; `slerp` keeps to the sphere, on which normal codes of many numbers lie (White, 2016). */
export type Way = (typeof ways)[number];

/**
 * a, b: `[n, size]`, share: `[n]` in [0, 1] -> `[n, size]`; a at share 0 and b at share 1, to the bit. `slerp` turns from a
 * to b at constant speed; codes of one direction have no turn between them and go straight.
 */
export function between(a: tf.Tensor, b: tf.Tensor, share: tf.Tensor, way: Way): tf.Tensor {
  return tf.tidy(() => {
    const t = tf.expandDims(share, 1);
    const rest = tf.sub(1, t);
    if (way === 'lerp') return tf.add(tf.mul(rest, a), tf.mul(t, b));
    const lengths = tf.mul(tf.norm(a, 2, 1, true), tf.norm(b, 2, 1, true));
    const cosine = tf.clipByValue(tf.div(tf.sum(tf.mul(a, b), 1, true), lengths), -1, 1);
    const angle = tf.acos(cosine);
    const sine = tf.sin(angle);
    const isStraight = tf.less(sine, 1e-4);
    const weight = (part: tf.Tensor): tf.Tensor =>
      tf.where(isStraight, part, tf.div(tf.sin(tf.mul(part, angle)), tf.where(isStraight, 1, sine)));
    return tf.add(tf.mul(weight(rest), a), tf.mul(weight(t), b));
  });
}
