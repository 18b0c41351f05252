/** The two-player game that unconditional and class-conditional GANs share. */
import {
  adversarialLosses,
  gradientPenalties,
  type AdversarialLossName,
  type GradientPenaltyName,
} from '@kiln/losses';
import type { Network, Optimizer } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { Game, GradientRules } from './game.ts';
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
  /** What both learning rates are multiplied with when so many real images were seen; 1 where left out. */
  readonly learningRateFactor?: (images: number) => number;
  /** k of Algorithm 1: discriminator updates before each generator update. */
  readonly discriminatorSteps: number;
  /** Images that G's update draws for each that D's does. Default 1. */
  readonly generatorBatchFactor?: number;
  readonly average: { readonly halfLifeKimg: number; readonly ramp: number };
  /**
   * D judges real and generated images in one batch, so that what it keeps of a pass, such as the vectors of a spectral norm,
   * moves once an update. Not for a D with statistics of its batch, which would mix both. Default false.
   */
  readonly jointly?: boolean;
  /** On the slope of D between real and generated images, in each of its updates. */
  readonly penalty?: { readonly name: GradientPenaltyName; readonly weight: number };
  readonly gradients?: { readonly G?: GradientRules; readonly D?: GradientRules };
}

export function adversarialGame(options: AdversarialGame): Game {
  const { latent, numClasses } = options;
  const loss = adversarialLosses[options.loss];
  const conditional = numClasses > 0;
  const decay = (images: number): number =>
    (options.learningRateHalfLifeKimg > 0 ? 0.5 ** (images / 1000 / options.learningRateHalfLifeKimg) : 1) *
    (options.learningRateFactor?.(images) ?? 1);
  const z = (play: Play): tf.Tensor => {
    if (latent.distribution === 'normal') return play.normal('z', [latent.size]);
    const draws = play.uniform('z', [latent.size], -1, 1);
    return latent.distribution === 'uniform' ? draws : tf.sign(draws);
  };
  const withLabels = (labels: tf.Tensor): tf.Tensor[] => (conditional ? [labels] : []);
  const judge = (
    play: Play,
    real: tf.Tensor,
    fake: tf.Tensor,
    labels: tf.Tensor[],
  ): [tf.Tensor, tf.Tensor] => {
    if (options.jointly !== true) return [play.apply('D', real, ...labels), play.apply('D', fake, ...labels)];
    const twice = labels.map((own) => tf.concat([own, own], 0));
    return tf.split(play.apply('D', tf.concat([real, fake], 0), ...twice), 2) as [tf.Tensor, tf.Tensor];
  };
  const penalized = (
    play: Play,
    distance: tf.Scalar,
    real: tf.Tensor,
    fake: tf.Tensor,
  ): { loss: tf.Scalar; slope: Record<string, tf.Scalar> } => {
    if (options.penalty === undefined) return { loss: distance, slope: {} };
    const { name, weight } = options.penalty;
    const mix = play.uniform('mix', [1, 1, 1], 0, 1);
    const labels = withLabels(play.batch.labels);
    const slope = gradientPenalties[name].penalty((x) => play.apply('D', x, ...labels), { real, fake, mix });
    return { loss: tf.add(distance, tf.mul(slope, weight)), slope: { 'penalty/slope': slope } };
  };
  const rules = (player: 'G' | 'D'): { gradients?: GradientRules } => {
    const gradients = options.gradients?.[player];
    return gradients === undefined ? {} : { gradients };
  };
  return {
    networks: { G: options.G, D: options.D },
    players: {
      D: {
        owns: ['D'],
        optimizer: options.optimizers.D,
        ...rules('D'),
        learningRate: (images) => options.learningRates.D * decay(images),
        loss: (play) => {
          // Real and generated images of one update carry the same labels, or D could tell them apart by label.
          const { images, labels } = play.batch;
          const fake = play.apply('G', z(play), ...withLabels(labels));
          const [realLogits, fakeLogits] = judge(play, images, fake, withLabels(labels));
          const distance = loss.discriminator(realLogits, fakeLogits);
          const { loss: total, slope } = penalized(play, distance, images, fake);
          return {
            loss: total,
            metrics: {
              ...slope,
              'scores/real': tf.mean(tf.sigmoid(realLogits)) as tf.Scalar,
              'scores/fake': tf.mean(tf.sigmoid(fakeLogits)) as tf.Scalar,
              'logits/real': tf.mean(realLogits) as tf.Scalar,
              'logits/fake': tf.mean(fakeLogits) as tf.Scalar,
            },
          };
        },
      },
      G: {
        owns: ['G'],
        optimizer: options.optimizers.G,
        ...rules('G'),
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
      { name: 'generator', player: 'G', every: 1, steps: 1, drawFactor: options.generatorBatchFactor ?? 1 },
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
