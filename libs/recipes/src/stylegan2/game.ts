/**
 * StyleGAN2's game (Karras et al., 2020; 2020a for augmentation and classes): the non-saturating loss, with R1 and path
 * length regularisation as lazy phases of their own.
 */
import { adversarialLosses, gradientPenalties, lazySettings, pathLength } from '@kiln/losses';
import {
  mappingDefaults,
  mappingNetwork,
  noiseShapes,
  numStyles,
  styleGan2Defaults,
  styleGan2Discriminator,
  styleGan2Synthesis,
} from '@kiln/models';
import { adam } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import {
  augmentationReport,
  augmentationRule,
  augmentationState,
  augmentedForD,
  type AdaptiveAugmentation,
} from '../adaptive-augmentation.ts';
import type { Game, Phase, Player } from '../game.ts';
import { labelledClasses, squareSide } from '../needed-shape.ts';
import type { Play, PlayerLoss } from '../play.ts';
import type { DataInfo } from '../recipe.ts';
import { drawStyles, sampleStyles, styleState } from '../stylegan/styles.ts';
import type { styleGan2Settings } from './settings.ts';

type Settings = z.infer<typeof styleGan2Settings>;

const loss = adversarialLosses['non-saturating'];
/** Path length regularisation takes half of the batch. */
const pathShrink = 2;

export function styleGan2Game(settings: Settings, data: DataInfo): Game {
  const [resolution, channels] = [squareSide('StyleGAN2', data), data.imageShape[2]];
  const { latent, features, r1Gamma, r1Every, pathWeight, pathEvery } = settings;
  const numClasses = settings.conditional
    ? labelledClasses('conditional=true', data, '; leave it out or label the data')
    : 0;
  const { featureBase, featureMax, stddevGroup } = settings;
  const sizes = { resolution, channels, features, featureBase, featureMax, stddevGroup, numClasses };
  const config = { ...styleGan2Defaults, ...sizes };
  const mapping = { ...mappingDefaults, latent, features, numLayers: settings.mappingLayers, numClasses };
  const ada: AdaptiveAugmentation = {
    augmentations: settings.augment,
    target: settings.augmentTarget,
    kimg: settings.augmentKimg,
    start: settings.augmentStart,
  };
  const numLayers = numStyles(resolution);
  const noises = noiseShapes(resolution);
  const noiseOf = ({ normal }: Pick<Play, 'normal'>): tf.Tensor[] =>
    noises.map((shape, index) => normal(`noise/${index}`, shape));
  const labelsOf = ({ batch }: Play): tf.Tensor[] => (numClasses > 0 ? [batch.labels] : []);
  const styles = (play: Play) =>
    drawStyles(play, { latent, numLayers, mixing: settings.mixing, labels: labelsOf(play)[0] });
  const judge = (play: Play, images: tf.Tensor, stream: string): tf.Tensor =>
    play.apply('D', augmentedForD(play, images, `augment/${stream}`, ada), ...labelsOf(play));
  const generated = (play: Play): { logits: tf.Tensor; state: Readonly<Record<string, tf.Tensor>> } => {
    const { styles: ws, state } = styles(play);
    return { logits: judge(play, play.apply('synthesis', ws, ...noiseOf(play)), 'fake'), state };
  };

  const pathPenalty = (play: Play): PlayerLoss => {
    const { styles: w, state } = styles(play);
    const noise = noiseOf(play);
    const { penalty, mean, lengths } = pathLength({
      synthesize: (ws) => play.apply('synthesis', ws, ...noise),
      w,
      noise: play.normal('path', [resolution, resolution, channels]),
      mean: play.state('pathMean'),
      decay: settings.pathDecay,
    });
    return {
      loss: tf.mul(penalty, pathWeight * pathEvery),
      metrics: { 'path/length': tf.mean(lengths) },
      state: { ...state, pathMean: mean },
    };
  };
  const slopePenalty = (play: Play): PlayerLoss => {
    const { images } = play.batch;
    const slope = gradientPenalties.r1.penalty((x) => judge(play, x, 'real'), { real: images });
    return { loss: tf.mul(slope, r1Gamma * r1Every), metrics: { 'penalty/slope': slope } };
  };
  const player = (
    every: number,
    isLazy: boolean,
  ): Pick<Player, 'optimizer' | 'learningRate' | 'gradients'> => {
    const asked = { learningRate: settings.learningRate, beta1: 0, beta2: settings.beta2 };
    const { learningRate, beta1, beta2 } = isLazy ? lazySettings(asked, every) : asked;
    return {
      optimizer: adam({ beta1, beta2, epsilon: settings.adamEpsilon }),
      learningRate: () => learningRate,
      gradients: { replaceNonFiniteBy: 1e5 },
    };
  };
  const phases: (Phase | false)[] = [
    { name: 'generator', player: 'G', every: 1, steps: 1 },
    pathWeight > 0 && {
      name: 'path',
      player: 'G',
      every: pathEvery,
      steps: 1,
      shrink: pathShrink,
      loss: pathPenalty,
    },
    { name: 'discriminator', player: 'D', every: 1, steps: 1 },
    r1Gamma > 0 && { name: 'r1', player: 'D', every: r1Every, steps: 1, loss: slopePenalty },
    ada.augmentations !== 'none' && augmentationRule(ada),
  ];
  const average = { halfLifeKimg: settings.emaKimg, ramp: settings.emaRamp };
  return {
    networks: {
      mapping: mappingNetwork(mapping),
      synthesis: styleGan2Synthesis(config),
      D: styleGan2Discriminator(config),
    },
    players: {
      G: {
        owns: ['mapping', 'synthesis'],
        ...player(pathEvery, pathWeight > 0),
        loss: (play) => {
          const { logits, state } = generated(play);
          return { loss: loss.generator(logits), state };
        },
      },
      D: {
        owns: ['D'],
        ...player(r1Every, r1Gamma > 0),
        loss: (play) => {
          const fake = generated(play);
          const realLogits = judge(play, play.batch.images, 'real');
          const report = augmentationReport(play, realLogits, ada);
          return {
            loss: loss.discriminator(realLogits, fake.logits),
            metrics: {
              'scores/real': tf.mean(tf.sigmoid(realLogits)),
              'scores/fake': tf.mean(tf.sigmoid(fake.logits)),
              'logits/real': tf.mean(realLogits),
              'logits/fake': tf.mean(fake.logits),
              ...report.metrics,
            },
            state: { ...fake.state, ...report.state },
          };
        },
      },
    },
    phases: phases.filter((phase) => phase !== false),
    averages: ['mapping', 'synthesis'].map((network) => ({ network, ...average })),
    comparedSamples: stddevGroup,
    state: {
      ...styleState(features),
      ...(pathWeight > 0 ? { pathMean: { shape: [], init: 0, combine: 'mean' } } : {}),
      ...augmentationState(ada),
    },
    sampler: {
      networks: ['mapping', 'synthesis'],
      latent: { size: latent, distribution: 'normal' },
      numClasses,
      truncation: 'style',
      styleLayers: numLayers,
      images: (play) => {
        const ws = sampleStyles(play, { numLayers, numClasses });
        return tf.clipByValue(play.apply('synthesis', ws, ...noiseOf(play)), -1, 1);
      },
    },
  };
}
