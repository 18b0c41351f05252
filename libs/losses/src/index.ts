/** The adversarial objectives, penalties and auxiliary losses, one file each. */
export type { AdversarialLoss } from './adversarial-loss.ts';
export { squaredSlopes, type Critic, type GradientPenalty, type PenaltyPoints } from './gradient-penalty.ts';
export {
  adversarialLossNames,
  adversarialLosses,
  gradientPenalties,
  gradientPenaltyNames,
  type AdversarialLossName,
  type GradientPenaltyName,
} from './catalog.ts';
export { auxiliaryClassifierLoss } from './auxiliary-classifier.ts';
export { drift } from './drift.ts';
export { lazySettings, type AdamSettings } from './lazy-regularization.ts';
export { orthogonalPenalty, type OrthogonalOptions } from './orthogonal-regularization.ts';
export { pathLength, type PathLength, type PathLengthInputs } from './path-length.ts';
