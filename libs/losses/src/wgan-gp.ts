/** WGAN-GP (Gulrajani et al., 2017): the critic's slope between real and generated images is pulled to 1. */
import * as tf from '@tensorflow/tfjs-core';
import { squaredSlopes, type GradientPenalty } from './gradient-penalty.ts';

/** The root has no slope at 0: below this a critic counts as flat, and its penalty pulls nowhere. */
const flat = 1e-20;

/** E(|grad D(x)| - 1)^2 at mixtures x; the paper's weight is 10. */
export const wganGp: GradientPenalty = {
  name: 'wgan-gp',
  source: 'Gulrajani et al. 2017, eq. 3',
  penalty: (D, { real, fake, mix }) => {
    const between = tf.add(real, tf.mul(mix, tf.sub(fake, real)));
    const slopes = tf.sqrt(tf.maximum(squaredSlopes(D, between), flat));
    return tf.mean(tf.square(tf.sub(slopes, 1)));
  },
};
