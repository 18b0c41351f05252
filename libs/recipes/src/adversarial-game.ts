/** The two-player game that unconditional and class-conditional GANs share. */
import { adversarialLosses, type AdversarialLossName } from '@kiln/losses';
import type { Network, Optimizer } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { Game } from './game.ts';
import type { Play } from './play.ts';
import type { LatentDistribution } from './sampler.ts';

export interface AdversarialGame {
  readonly G: Network;
  readonly D: Network;
  readonly loss: AdversarialLossName;
  readonly latent: { readonly size: number; readonly distribution: LatentDistribution };
  /** 0: unconditional. Otherwise both networks take labels as their second input. */
  readonly numClasses: number;
  readonly optimizers: { readonly G: Optimizer; readonly D: Optimizer };
  readonly learningRates: { readonly G: number; readonly D: number };
  /** Thousands of images after which both learning rates have halved, again and again; 0: constant. */
  readonly learningRateHalfLifeKimg: number;
  /** k of Algorithm 1: discriminator updates before each generator update. */
  readonly discriminatorSteps: number;
  readonly average: { readonly halfLifeKimg: number; readonly ramp: number };
}

export function adversarialGame(options: AdversarialGame): Game {
  const { latent, numClasses } = options;
  const loss = adversarialLosses[options.loss];
  const conditional = numClasses > 0;
  const decay = (images: number): number =>
    options.learningRateHalfLifeKimg > 0 ? 0.5 ** (images / 1000 / options.learningRateHalfLifeKimg) : 1;
  const z = (play: Play): tf.Tensor => {
    if (latent.distribution === 'normal') return play.normal('z', [latent.size]);
    const draws = play.uniform('z', [latent.size], -1, 1);
    return latent.distribution === 'uniform' ? draws : tf.sign(draws);
  };
  const withLabels = (labels: tf.Tensor): tf.Tensor[] => (conditional ? [labels] : []);
  return {
    networks: { G: options.G, D: options.D },
    players: {
      D: {
        owns: ['D'],
        optimizer: options.optimizers.D,
        learningRate: (images) => options.learningRates.D * decay(images),
        loss: (play) => {
          // Real and generated images of one update carry the same labels, or D could tell them apart by label.
          const { images, labels } = play.batch;
          const fake = play.apply('G', z(play), ...withLabels(labels));
          const realLogits = play.apply('D', images, ...withLabels(labels));
          const fakeLogits = play.apply('D', fake, ...withLabels(labels));
          return {
            loss: loss.discriminator(realLogits, fakeLogits),
            metrics: {
              'scores/real': tf.mean(tf.sigmoid(realLogits)) as tf.Scalar,
              'scores/fake': tf.mean(tf.sigmoid(fakeLogits)) as tf.Scalar,
            },
          };
        },
      },
      G: {
        owns: ['G'],
        optimizer: options.optimizers.G,
        learningRate: (images) => options.learningRates.G * decay(images),
        loss: (play) => {
          const labels = conditional ? play.labels('labels', numClasses) : play.batch.labels;
          const fake = play.apply('G', z(play), ...withLabels(labels));
          return { loss: loss.generator(play.apply('D', fake, ...withLabels(labels))) };
        },
      },
    },
    phases: [
      { name: 'discriminator', player: 'D', every: 1, steps: options.discriminatorSteps },
      { name: 'generator', player: 'G', every: 1, steps: 1 },
    ],
    averages: [{ network: 'G', ...options.average }],
    sampler: {
      networks: ['G'],
      latent,
      numClasses,
      ...(latent.distribution === 'normal' ? { truncation: 'latent' } : {}),
      images: ({ apply, z: code, labels }) => apply('G', code, ...withLabels(labels)),
    },
  };
}
