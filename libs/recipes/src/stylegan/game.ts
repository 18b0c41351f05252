/** The game of StyleGAN (Karras et al., 2019): the logistic loss with R1 on networks that grow, styles mixed while it trains. */
import { adversarialLosses, gradientPenalties } from '@kiln/losses';
import {
  growthOf,
  imagesAtStage,
  mappingNetwork,
  styleGanDefaults,
  styleGanDiscriminator,
  styleGanSynthesis,
  styleLayers,
  styleNoiseShapes,
  type StyleGanConfig,
} from '@kiln/models';
import { adam, upsampleNearest } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Game } from '../game.ts';
import type { Play } from '../play.ts';
import { labelledClasses, squareSide } from '../needed-shape.ts';
import { growthSchedule, type BySide } from '../progan/growth.ts';
import type { DataInfo } from '../recipe.ts';
import type { styleGanSettings } from './settings.ts';
import { drawStyles, sampleStyles, styleState, type Styles } from './styles.ts';

const loss = adversarialLosses['non-saturating'];

export function styleGanGame(
  settings: z.infer<typeof styleGanSettings>,
  data: DataInfo,
  bySide: BySide = {},
): Game {
  const { latent, features, mixing } = settings;
  const side = squareSide('progressive growing', data);
  const numClasses = settings.conditional
    ? labelledClasses('--set conditional=true', data, '; name other data or leave it out')
    : 0;
  const config: StyleGanConfig = {
    ...styleGanDefaults,
    resolution: side,
    channels: data.imageShape[2],
    features,
    numClasses,
    startResolution: settings.startResolution,
    featureBase: settings.featureBase,
    featureMax: settings.featureMax,
    stddevGroup: settings.stddevGroup,
  };
  const mapping = mappingNetwork({
    latent,
    features,
    numLayers: settings.mappingLayers,
    lrMultiplier: settings.mappingRate,
    numClasses,
  });
  const growth = growthSchedule({
    startResolution: settings.startResolution,
    resolution: side,
    holdKimg: settings.holdKimg,
    fadeKimg: settings.fadeKimg,
    ...bySide,
  });
  const given = (labels: tf.Tensor): tf.Tensor[] => (numClasses > 0 ? [labels] : []);
  const sideOf = (stage: number): number => growthOf(config, stage).side;
  const player = {
    optimizer: adam({ beta1: 0, beta2: settings.beta2, epsilon: 1e-8 }),
    learningRate: (images: number) => growth.learningRate(images, settings.learningRate),
    gradients: { replaceNonFiniteBy: 1e5 },
  };
  const generated = (play: Play, labels: tf.Tensor): Styles & { images: tf.Tensor } => {
    const at = sideOf(play.stage);
    const drawn = drawStyles(play, { latent, numLayers: styleLayers(at), mixing, labels: given(labels)[0] });
    const noises = styleNoiseShapes(at).map((shape, layer) => play.normal(`noise/${layer}`, shape));
    return { ...drawn, images: play.apply('synthesis', drawn.styles, ...noises) };
  };
  return {
    networks: { mapping, synthesis: styleGanSynthesis(config), D: styleGanDiscriminator(config) },
    players: {
      D: {
        ...player,
        owns: ['D'],
        loss: (play) => {
          const { images, labels } = play.batch;
          const real = imagesAtStage(images, growthOf(config, play.stage), () => play.schedule('alpha'));
          const { images: fake, state } = generated(play, labels);
          const judge = (shown: tf.Tensor): tf.Tensor => play.apply('D', shown, ...given(labels));
          const [realLogits, fakeLogits] = [judge(real), judge(fake)];
          const slope = gradientPenalties.r1.penalty(judge, { real });
          return {
            loss: tf.add(loss.discriminator(realLogits, fakeLogits), tf.mul(slope, settings.r1Gamma)),
            metrics: {
              'scores/real': tf.mean(tf.sigmoid(realLogits)),
              'scores/fake': tf.mean(tf.sigmoid(fakeLogits)),
              'logits/real': tf.mean(realLogits),
              'logits/fake': tf.mean(fakeLogits),
              'penalty/slope': slope,
            },
            state,
          };
        },
      },
      G: {
        ...player,
        owns: ['mapping', 'synthesis'],
        loss: (play) => {
          const labels = numClasses > 0 ? play.labels('labels', numClasses) : play.batch.labels;
          const { images, state } = generated(play, labels);
          return { loss: loss.generator(play.apply('D', images, ...given(labels))), state };
        },
      },
    },
    phases: [
      { name: 'discriminator', player: 'D', every: 1, steps: 1 },
      { name: 'generator', player: 'G', every: 1, steps: 1 },
    ],
    averages: ['mapping', 'synthesis'].map((network) => ({
      network,
      halfLifeKimg: settings.emaKimg,
      ramp: settings.emaRamp,
    })),
    state: styleState(features),
    comparedSamples: settings.stddevGroup,
    schedules: { alpha: growth.alpha },
    stages: growth.stages,
    sampler: {
      networks: ['mapping', 'synthesis'],
      latent: { size: latent, distribution: 'normal' },
      numClasses,
      truncation: 'style',
      styleLayers: styleLayers(side),
      // Of the full side in every stage, so that grids over time can be laid side by side.
      images: (play) => {
        const at = sideOf(play.stage);
        const styles = sampleStyles(play, { numLayers: styleLayers(at), numClasses });
        const noises = styleNoiseShapes(at).map((shape, layer) => play.normal(`noise/${layer}`, shape));
        const images = play.apply('synthesis', styles, ...noises);
        return tf.clipByValue(upsampleNearest(images, side / at), -1, 1);
      },
    },
  };
}
