/** LSGAN (Mao et al., 2017) with the targets a = 0 for generated and b = c = 1 for real images. */
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss.ts';

const halfMeanSquare = (x: tf.Tensor): tf.Scalar => tf.div(tf.mean(tf.square(x)), 2);

export const leastSquares: AdversarialLoss = {
  name: 'least-squares',
  source: 'Mao et al. 2017, eq. 2 and 9',
  discriminator: (real, fake) => tf.add(halfMeanSquare(tf.sub(real, 1)), halfMeanSquare(fake)),
  generator: (fake) => halfMeanSquare(tf.sub(fake, 1)),
};
