/** The original game (Goodfellow et al., 2014, eq. 1): the generator minimises E log(1 - D(G(z))). */
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss.ts';
import { logisticDiscriminatorLoss } from './logistic.ts';

export const minimax: AdversarialLoss = {
  name: 'minimax',
  source: 'Goodfellow et al. 2014, eq. 1',
  discriminator: logisticDiscriminatorLoss,
  // log(1 - s(l)) = -softplus(l); its slope -s(l) vanishes when the discriminator wins.
  generator: (fake) => tf.neg(tf.mean(tf.softplus(fake))),
};
