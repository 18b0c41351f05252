/**
 * How a game of StyleGAN draws w: style mixing while it trains, truncation towards the average w when it samples. The
 * game has the mapping network under the name `mapping` and declares `styleState`.
 */
import { mixStyles, replaceStyles, styleForLayers, truncateStyles } from '@kiln/models';
import { stopGradient } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import type { DeclaredState } from '../declared-state.ts';
import type { Play } from '../play.ts';
import type { SamplePlay } from '../sampler.ts';

/** Share of the average w that stays in an update of it. */
const averageBeta = 0.995;

/** The average w of the batches of all workers: part of the game's `state`. */
export function styleState(features: number): Record<'wAverage', DeclaredState> {
  return { wAverage: { shape: [features], init: 0, combine: 'mean' } };
}

export interface StyleDraw {
  readonly latent: number;
  /** Layers that take a w, of the current stage where the network grows. */
  readonly numLayers: number;
  /** Share of samples whose later layers take the w of a second z. */
  readonly mixing: number;
  /** int32 `[batch]`, for a conditional mapping network. */
  readonly labels?: tf.Tensor | undefined;
}

export interface Styles {
  /** `[batch, numLayers, features]`. */
  readonly styles: tf.Tensor;
  /** The average w with this batch in it, to be returned as the loss's `state`. */
  readonly state: { readonly wAverage: tf.Tensor };
}

/**
 * The layer from which the second z counts is drawn for each sample; the authors draw one for the batch of a GPU, which
 * would make it depend on the number of workers. Uses the streams `z`, `mixing`, `mixing/z` and `mixing/layer`.
 */
export function drawStyles(play: Play, { latent, numLayers, mixing, labels }: StyleDraw): Styles {
  const given = labels === undefined ? [] : [labels];
  const w = play.apply('mapping', play.normal('z', [latent]), ...given);
  const average = play.state('wAverage');
  const moved = tf.add(average, tf.mul(tf.sub(tf.mean(w, 0), average), 1 - averageBeta));
  const state = { wAverage: stopGradient(moved) };
  if (mixing === 0 || numLayers < 2) return { styles: styleForLayers(w, numLayers), state };
  const other = play.apply('mapping', play.normal('mixing/z', [latent]), ...given);
  const isMixed = tf.less(play.uniform('mixing', [], 0, 1), mixing);
  // From 1 to numLayers - 1: both z have a layer.
  const crossover = tf.floor(play.uniform('mixing/layer', [], 1, numLayers));
  const fromLayer = tf.where(isMixed, tf.minimum(crossover, numLayers - 1), numLayers);
  return { styles: mixStyles(w, other, fromLayer, numLayers), state };
}

/** The styles of samples: `[batch, numLayers, features]`, some layers' of another z where asked, and truncated as asked. */
export function sampleStyles(
  { apply, z, labels, state, psi, cutoff, mix }: SamplePlay,
  { numLayers, numClasses }: { numLayers: number; numClasses: number },
): tf.Tensor {
  const wOf = (code: tf.Tensor): tf.Tensor => apply('mapping', code, ...(numClasses > 0 ? [labels] : []));
  const own = styleForLayers(wOf(z), numLayers);
  const styles = mix === undefined ? own : replaceStyles(own, wOf(mix.z), mix);
  return truncateStyles(styles, state('wAverage'), psi, cutoff);
}
