/** All adversarial losses and gradient penalties by name. Adding one is a file beside this and a row here. */
import type { AdversarialLoss } from './adversarial-loss.ts';
import type { GradientPenalty } from './gradient-penalty.ts';
import { hinge } from './hinge.ts';
import { leastSquares } from './least-squares.ts';
import { minimax } from './minimax.ts';
import { nonSaturating } from './non-saturating.ts';
import { r1 } from './r1.ts';
import { wasserstein } from './wasserstein.ts';
import { wganGp } from './wgan-gp.ts';

export const adversarialLosses = {
  minimax,
  'non-saturating': nonSaturating,
  hinge,
  wasserstein,
  'least-squares': leastSquares,
} satisfies Record<string, AdversarialLoss>;

export type AdversarialLossName = keyof typeof adversarialLosses;

export const adversarialLossNames = Object.keys(adversarialLosses) as [
  AdversarialLossName,
  ...AdversarialLossName[],
];

export const gradientPenalties = { 'wgan-gp': wganGp, r1 } satisfies Record<string, GradientPenalty>;

export type GradientPenaltyName = keyof typeof gradientPenalties;

export const gradientPenaltyNames = Object.keys(gradientPenalties) as [
  GradientPenaltyName,
  ...GradientPenaltyName[],
];
