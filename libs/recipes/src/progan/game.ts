/** The game of progressive growing (Karras et al., 2018): WGAN-GP with drift on networks that grow while they train. */
import { adversarialLosses, drift, gradientPenalties } from '@kiln/losses';
import {
  growthOf,
  imagesAtStage,
  proGanDiscriminator,
  proGanGenerator,
  type ProGanConfig,
} from '@kiln/models';
import { adam, upsampleNearest } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Game } from '../game.ts';
import type { Play } from '../play.ts';
import type { DataInfo } from '../recipe.ts';
import { squareSide } from '../needed-shape.ts';
import { growthSchedule, type BySide } from './growth.ts';
import type { proGanSettings } from './settings.ts';

const loss = adversarialLosses.wasserstein;

export function proGanGame(
  settings: z.infer<typeof proGanSettings>,
  data: DataInfo,
  bySide: BySide = {},
): Game {
  const side = squareSide('progressive growing', data);
  const { startResolution, latent, featureBase, featureMax, stddevGroup, holdKimg, fadeKimg } = settings;
  const config: ProGanConfig = {
    resolution: side,
    startResolution,
    channels: data.imageShape[2],
    latent,
    featureBase,
    featureMax,
    stddevGroup,
  };
  const [G, D] = [proGanGenerator(config), proGanDiscriminator(config)];
  const growth = growthSchedule({
    startResolution,
    resolution: side,
    holdKimg,
    fadeKimg,
    ...bySide,
  });
  const optimizer = adam({ beta1: 0, beta2: settings.beta2, epsilon: 1e-8 });
  const learningRate = (images: number): number => growth.learningRate(images, settings.learningRate);
  const fake = (play: Play): tf.Tensor => play.apply('G', play.normal('z', [latent]));
  const judge =
    (play: Play) =>
    (images: tf.Tensor): tf.Tensor =>
      play.apply('D', images);
  return {
    networks: { G, D },
    players: {
      D: {
        owns: ['D'],
        optimizer,
        learningRate,
        gradients: { replaceNonFiniteBy: 1e5 },
        loss: (play) => {
          const real = imagesAtStage(play.batch.images, growthOf(config, play.stage), () =>
            play.schedule('alpha'),
          );
          const generated = fake(play);
          const realLogits = play.apply('D', real);
          const fakeLogits = play.apply('D', generated);
          const slope = gradientPenalties['wgan-gp'].penalty(judge(play), {
            real,
            fake: generated,
            mix: play.uniform('mix', [1, 1, 1], 0, 1),
          });
          const distance = loss.discriminator(realLogits, fakeLogits);
          const penalties = tf.add(
            tf.mul(slope, settings.penaltyWeight),
            tf.mul(drift(realLogits), settings.driftWeight),
          );
          return {
            loss: tf.add(distance, penalties),
            metrics: {
              'logits/real': tf.mean(realLogits),
              'logits/fake': tf.mean(fakeLogits),
              'penalty/slope': slope,
            },
          };
        },
      },
      G: {
        owns: ['G'],
        optimizer,
        learningRate,
        gradients: { replaceNonFiniteBy: 1e5 },
        loss: (play) => ({ loss: loss.generator(play.apply('D', fake(play))) }),
      },
    },
    phases: [
      { name: 'discriminator', player: 'D', every: 1, steps: 1 },
      { name: 'generator', player: 'G', every: 1, steps: 1 },
    ],
    averages: [{ network: 'G', halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp }],
    schedules: { alpha: growth.alpha },
    comparedSamples: stddevGroup,
    stages: growth.stages,
    sampler: {
      networks: ['G'],
      latent: { size: latent, distribution: 'normal' },
      numClasses: 0,
      // Of the full side in every stage, so that grids over time can be laid side by side.
      images: ({ apply, z: code }) => {
        const images = apply('G', code);
        return tf.clipByValue(upsampleNearest(images, side / images.shape[1]!), -1, 1);
      },
    },
  };
}
