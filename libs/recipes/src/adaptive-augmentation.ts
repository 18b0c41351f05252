/**
 * Adaptive discriminator augmentation (Karras et al., 2020a, section 3): all that D sees is augmented with chance p, and p
 * follows how sure D is of real images, r = E sign D(real) over the batches of all workers.
 */
import { stopGradient } from '@kiln/engine';
import { augmentationDraws, augmented, type Augmentations } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { DeclaredState } from './declared-state.ts';
import type { Rule } from './game.ts';
import type { Play } from './play.ts';

/** Letters as the authors name pipelines: b moves whole pixels, g scales, turns and stretches, c changes colours. */
export const augmentationNames = ['none', 'b', 'bg', 'bgc'] as const;

export interface AdaptiveAugmentation {
  readonly augmentations: (typeof augmentationNames)[number];
  /** r that p is moved towards. */
  readonly target: number;
  /** Thousands of images in which p moves by 1 at most. */
  readonly kimg: number;
  /** p before the first step. */
  readonly start: number;
}

/** Batches over which r is averaged between two changes of p. */
const every = 4;

/** p, and the sum of r - target since p last changed: part of the game's `state`. */
export function augmentationState({
  augmentations,
  start,
}: AdaptiveAugmentation): Record<string, DeclaredState> {
  if (augmentations === 'none') return {};
  return {
    augmentP: { shape: [], init: start, combine: 'same' },
    augmentExcess: { shape: [], init: 0, combine: 'mean' },
  };
}

/** What D sees of `images`. `stream` sets its draws apart from those of other images of the phase. */
export function augmentedForD(
  play: Play,
  images: tf.Tensor,
  stream: string,
  { augmentations }: AdaptiveAugmentation,
): tf.Tensor {
  if (augmentations === 'none') return images;
  const groups: Augmentations = {
    pixels: true,
    geometry: augmentations !== 'b',
    colours: augmentations === 'bgc',
  };
  const draws = {
    uniform: play.uniform(`${stream}/uniform`, [augmentationDraws.uniform], 0, 1),
    normal: play.normal(`${stream}/normal`, [augmentationDraws.normal]),
  };
  return augmented(images, play.state('augmentP'), draws, groups);
}

/** What D's loss adds to its state and metrics, given its logits of real images. */
export function augmentationReport(
  play: Play,
  realLogits: tf.Tensor,
  { augmentations, target }: AdaptiveAugmentation,
): { state: Record<string, tf.Tensor>; metrics: Record<string, tf.Scalar> } {
  if (augmentations === 'none') return { state: {}, metrics: {} };
  const r = stopGradient(tf.mean(tf.sign(realLogits))) as tf.Scalar;
  return {
    state: { augmentExcess: tf.add(play.state('augmentExcess'), tf.sub(r, target)) },
    metrics: { 'augment/r': r, 'augment/p': play.state('augmentP') as tf.Scalar },
  };
}

/** Moves p, and keeps it from 0 to 1; beyond 1, where the authors let it go, augmentations leak into the samples. */
export function augmentationRule({ kimg }: AdaptiveAugmentation): Rule {
  return {
    name: 'augmentation',
    every,
    rule: ({ state, imagesPerStep }) => {
      const step = (imagesPerStep * every) / (kimg * 1000);
      const moved = tf.add(state('augmentP'), tf.mul(tf.sign(state('augmentExcess')), step));
      return { augmentP: tf.clipByValue(moved, 0, 1), augmentExcess: tf.scalar(0) };
    },
  };
}
