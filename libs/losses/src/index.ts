/** The adversarial objectives, one file each. */
export type { AdversarialLoss } from './adversarial-loss.ts';
export { adversarialLossNames, adversarialLosses, type AdversarialLossName } from './catalog.ts';
