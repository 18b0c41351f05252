/** Builds the BigGAN game: hinge loss, projection D, several updates of D for each of G. */
import { orthogonalPenalty } from '@kiln/losses';
import {
  bigGanDeepDefaults,
  bigGanDeepDiscriminator,
  bigGanDeepGenerator,
  bigGanDeepOnHub,
  bigGanDefaults,
  bigGanDiscriminator,
  bigGanGenerator,
  latentSize,
} from '@kiln/models';
import { valueAndGrad } from '@kiln/engine';
import { adam, type Named } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import { adversarialGame } from '../adversarial-game.ts';
import type { Game } from '../game.ts';
import { attentionSides, labelledClasses, squareSide } from '../needed-shape.ts';
import type { DataInfo } from '../recipe.ts';
import type { bigGanSettings } from './settings.ts';

type Settings = z.infer<typeof bigGanSettings>;

export function bigGanGame(settings: Settings, data: DataInfo): Game {
  squareSide('BigGAN', data);
  labelledClasses('BigGAN', data);
  const { networks, latent } = networksOf(settings, data);
  const { beta1, beta2, adamEpsilon: epsilon, orthogonal } = settings;
  return adversarialGame({
    ...networks,
    loss: settings.loss,
    latent: { size: latent, distribution: 'normal' },
    numClasses: data.numClasses,
    optimizers: { G: adam({ beta1, beta2, epsilon }), D: adam({ beta1, beta2, epsilon }) },
    learningRates: { G: settings.learningRateG, D: settings.learningRateD },
    learningRateHalfLifeKimg: 0,
    discriminatorSteps: settings.discriminatorSteps,
    average: { halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp },
    jointly: true,
    ...(orthogonal > 0 ? { gradients: { G: { regularize: orthogonally(orthogonal) } } } : {}),
  });
}

function networksOf(settings: Settings, data: DataInfo) {
  const [resolution, , channels] = data.imageShape;
  const sizes = {
    resolution,
    channels,
    width: settings.width,
    latent: settings.latent,
    embedding: settings.embedding,
    numClasses: data.numClasses,
    attention: attentionSides(settings.attention, resolution),
  };
  if (settings.model === 'biggan') {
    const config = { ...bigGanDefaults, ...sizes, hierarchical: settings.hierarchical };
    return {
      networks: { G: bigGanGenerator(config), D: bigGanDiscriminator(config) },
      latent: latentSize(config),
    };
  }
  const config = { ...bigGanDeepDefaults, ...sizes, ...(settings.hub ? bigGanDeepOnHub(sizes.width) : {}) };
  return {
    networks: { G: bigGanDeepGenerator(config), D: bigGanDeepDiscriminator(config) },
    latent: settings.latent,
  };
}

/** The penalty depends on parameters alone, so its gradient is the same on all workers. The embedding is left free. */
function orthogonally(weight: number): (gradients: Named, params: Named) => Named {
  return (gradients, params) => {
    const { grads } = valueAndGrad(
      (own: Named) => ({
        loss: tf.mul(orthogonalPenalty(own, { except: ['G.embedding.kernel'] }), weight),
        aux: {},
      }),
      params,
    );
    return Object.fromEntries(
      Object.entries(gradients).map(([path, value]) => [path, tf.add(value, grads[path]!)]),
    );
  };
}
