/** All adversarial losses by name. Adding one is a file beside this and a row here. */
import type { AdversarialLoss } from './adversarial-loss.ts';
import { minimax } from './minimax.ts';
import { nonSaturating } from './non-saturating.ts';

export const adversarialLosses = {
  minimax,
  'non-saturating': nonSaturating,
} satisfies Record<string, AdversarialLoss>;

export type AdversarialLossName = keyof typeof adversarialLosses;

export const adversarialLossNames = Object.keys(adversarialLosses) as [
  AdversarialLossName,
  ...AdversarialLossName[],
];
