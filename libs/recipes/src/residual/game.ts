/** The game that SNGAN, SAGAN and WGAN-GP play on their networks. */
import type { Network } from '@kiln/nn';
import { adam } from '@kiln/nn';
import type { z } from 'zod';
import { adversarialGame, type AdversarialGame } from '../adversarial-game.ts';
import type { Game } from '../game.ts';
import { squareSide } from '../needed-shape.ts';
import type { DataInfo } from '../recipe.ts';
import type { residualSettings } from './settings.ts';

type Settings = z.infer<typeof residualSettings>;

export interface Parts {
  readonly G: Network;
  readonly D: Network;
  readonly numClasses: number;
  readonly penalty?: AdversarialGame['penalty'] & {};
}

export function residualGame(settings: Settings, { G, D, numClasses, penalty }: Parts): Game {
  const { beta1, beta2, adamEpsilon: epsilon, decayFromKimg: from, decayToKimg: to } = settings;
  if (to !== 0 && to <= from)
    throw new RangeError(`decayToKimg must be above decayFromKimg, ${from}, or 0 for never; got ${to}`);
  return adversarialGame({
    G,
    D,
    numClasses,
    loss: settings.loss,
    latent: { size: settings.latent, distribution: 'normal' },
    optimizers: { G: adam({ beta1, beta2, epsilon }), D: adam({ beta1, beta2, epsilon }) },
    learningRates: { G: settings.learningRateG, D: settings.learningRateD },
    learningRateHalfLifeKimg: 0,
    learningRateFactor: (images) =>
      to === 0 ? 1 : Math.min(1, Math.max(0, (to - images / 1000) / (to - from))),
    discriminatorSteps: settings.discriminatorSteps,
    generatorBatchFactor: settings.generatorBatchFactor,
    average: { halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp },
    jointly: true,
    ...(penalty === undefined ? {} : { penalty }),
  });
}

/** Throws `RangeError` for images that are not square. `name`: of the networks, for people. */
export const sizesOf = (name: string, data: DataInfo): { resolution: number; channels: number } => ({
  resolution: squareSide(name, data),
  channels: data.imageShape[2],
});
