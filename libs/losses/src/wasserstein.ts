/** The critic's estimate of the earth mover's distance (Arjovsky et al., 2017); needs a critic of bounded slope. */
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss.ts';

export const wasserstein: AdversarialLoss = {
  name: 'wasserstein',
  source: 'Arjovsky et al. 2017, Algorithm 1',
  // Its negative is the estimated distance.
  discriminator: (real, fake) => tf.sub(tf.mean(fake), tf.mean(real)),
  generator: (fake) => tf.neg(tf.mean(fake)),
};
