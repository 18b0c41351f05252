/** R1 (Mescheder et al., 2018): D's slope at real images is pulled to 0. */
import * as tf from '@tensorflow/tfjs-core';
import { squaredSlopes, type Critic, type GradientPenalty, type PenaltyPoints } from './gradient-penalty.ts';

/** E|grad D(x)|^2 / 2 at real x; the weight is called gamma, 10 in StyleGAN. */
export const r1 = {
  name: 'r1',
  source: 'Mescheder et al. 2018, eq. 9',
  penalty: (D: Critic, { real }: Pick<PenaltyPoints, 'real'>): tf.Scalar =>
    tf.div(tf.mean(squaredSlopes(D, real)), 2),
} satisfies GradientPenalty;
