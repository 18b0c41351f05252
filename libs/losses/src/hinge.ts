/** The hinge objective of SNGAN, SAGAN and BigGAN (Lim and Ye, 2017; Miyato et al., 2018, eq. 16 and 17). */
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss.ts';

export const hinge: AdversarialLoss = {
  name: 'hinge',
  source: 'Miyato et al. 2018, eq. 16 and 17',
  // 0 once real logits are at least 1 and generated ones at most -1.
  discriminator: (real, fake) => tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
  generator: (fake) => tf.neg(tf.mean(fake)),
};
