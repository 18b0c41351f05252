/** The generator maximises E log D(G(z)) (Goodfellow et al., 2014, end of section 3): strong slopes when it loses. */
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss.ts';
import { logisticDiscriminatorLoss } from './logistic.ts';

export const nonSaturating: AdversarialLoss = {
  name: 'non-saturating',
  source: 'Goodfellow et al. 2014, section 3',
  discriminator: logisticDiscriminatorLoss,
  generator: (fake) => tf.mean(tf.softplus(tf.neg(fake))),
};
