/**
 * Augmentations of what D sees (Karras et al., 2020a, "Training generative adversarial networks with limited data",
 * appendix B), each applied to each image with chance p. At p 0 no bit of an image changes.
 */
import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from '../errors.ts';
import { recoloured, recolouredGrey } from './colour.ts';
import { composed, rotation, scaling, translation, type PlaneMap } from './geometry.ts';
import { sampleFiltered, sampleNearest } from './sample-pixels.ts';

/** Groups of augmentations: whole pixels moved, images scaled, turned and moved with a filter, colours changed. */
export interface Augmentations {
  readonly pixels: boolean;
  readonly geometry: boolean;
  readonly colours: boolean;
}

/** What each column of the draws decides, group by group. A question mark: whether the augmentation takes place. */
const uniformColumns = [
  ['flip?', 'flip', 'turn?', 'turn', 'move?', 'move x', 'move y'],
  ['scale?', 'turn before?', 'turn before', 'stretch?', 'turn behind?', 'turn behind', 'shift?'],
  ['brightness?', 'contrast?', 'luma?', 'luma', 'hue?', 'hue', 'saturation?'],
].flat();
const normalColumns = ['scale', 'stretch', 'shift x', 'shift y', 'brightness', 'contrast', 'saturation'];

/** Length of a row of the draws. */
export const augmentationDraws = { uniform: uniformColumns.length, normal: normalColumns.length };

/** One row for each image: `[batch, augmentationDraws.uniform]` in [0, 1), `[batch, augmentationDraws.normal]` of N(0, 1). */
export interface AugmentationDraws {
  readonly uniform: tf.Tensor;
  readonly normal: tf.Tensor;
}

/** The draws by name, and p. */
interface Chance {
  /** `value` where an image is chosen, with chance p; else `otherwise`, which changes nothing. */
  choose(name: string, value: tf.Tensor, otherwise: number, p?: tf.Tensor): tf.Tensor;
  uniform(name: string): tf.Tensor;
  normal(name: string): tf.Tensor;
  readonly p: tf.Tensor;
}

function chanceOf(draws: AugmentationDraws, p: tf.Tensor): Chance {
  const [uniforms, normals] = [tf.unstack(draws.uniform, 1), tf.unstack(draws.normal, 1)];
  const uniform = (name: string): tf.Tensor => uniforms[uniformColumns.indexOf(name)]!;
  return {
    p,
    uniform,
    normal: (name) => normals[normalColumns.indexOf(name)]!,
    choose: (name, value, otherwise, chance = p) =>
      tf.where(tf.less(uniform(`${name}?`), chance), value, otherwise),
  };
}

/** images: `[batch, height, width, 1 or 3]` in [-1, 1], p: float32 scalar. */
export function augmented(
  images: tf.Tensor,
  p: tf.Tensor,
  draws: AugmentationDraws,
  { pixels, geometry, colours }: Augmentations,
): tf.Tensor {
  const channels = images.shape[3]!;
  if (channels !== 1 && channels !== 3)
    throw new NetworkError('shape-mismatch', `augmentation takes images of 1 or 3 channels, got ${channels}`);
  const chance = chanceOf(draws, p);
  let seen = images;
  if (pixels) seen = sampleNearest(seen, wholePixels(images.shape, chance));
  if (geometry) seen = filtered(seen, chance);
  if (colours) seen = coloured(seen, chance);
  return seen;
}

/** 2 to the power of a normal number with this standard deviation. */
const logNormal = (draw: tf.Tensor, deviation: number): tf.Tensor =>
  tf.exp(tf.mul(draw, deviation * Math.LN2));
/** From -pi to pi. */
const angle = (draw: tf.Tensor): tf.Tensor => tf.mul(tf.sub(draw, 0.5), 2 * Math.PI);
/** -1 or 1. */
const sign = (draw: tf.Tensor): tf.Tensor => tf.sub(1, tf.mul(tf.floor(tf.mul(draw, 2)), 2));

/** Flips left to right, quarter turns and moves by up to an eighth of the image: the inverse map. */
function wholePixels(shape: readonly number[], { choose, uniform }: Chance): PlaneMap {
  const [, height, width] = shape as [number, number, number];
  const flip = choose('flip', sign(uniform('flip')), 1);
  const quarters = choose('turn', tf.floor(tf.mul(uniform('turn'), 4)), 0);
  // Sines and cosines of quarter turns, without rounding.
  const odd = tf.mod(quarters, 2);
  const side = tf.sub(1, tf.mul(tf.floor(tf.div(quarters, 2)), 2));
  const turn = rotation(tf.mul(tf.sub(1, odd), side), tf.mul(odd, side));
  const move = (name: string, size: number): tf.Tensor =>
    choose('move', tf.round(tf.mul(tf.sub(uniform(name), 0.5), size / 4)), 0);
  return composed(scaling(flip, 1), turn, translation(move('move x', width), move('move y', height)));
}

/** Scale, turn, stretch, turn again and move by fractions of pixels. */
function filtered(images: tf.Tensor, { p, choose, uniform, normal }: Chance): tf.Tensor {
  const [batch, height, width] = images.shape as [number, number, number];
  const scale = choose('scale', logNormal(normal('scale'), 0.2), 1);
  const stretch = choose('stretch', logNormal(normal('stretch'), 0.2), 1);
  // So that an image is turned at all with chance p.
  const eachTurn = tf.sub(1, tf.sqrt(tf.sub(1, p)));
  const turn = (name: string): tf.Tensor => choose(name, angle(uniform(name)), 0, eachTurn);
  const [before, behind] = [turn('turn before'), turn('turn behind')];
  const shift = (name: string, size: number): tf.Tensor => choose('shift', tf.mul(normal(name), size / 8), 0);
  const [x, y] = [shift('shift x', width), shift('shift y', height)];
  const inverse = composed(
    scaling(scale, scale),
    rotation(tf.cos(before), tf.sin(before)),
    scaling(stretch, tf.div(1, stretch)),
    rotation(tf.cos(behind), tf.sin(behind)),
    translation(x, y),
  );
  const untouched = [
    tf.equal(scale, 1),
    tf.equal(before, 0),
    tf.equal(stretch, 1),
    tf.equal(behind, 0),
    tf.equal(x, 0),
    tf.equal(y, 0),
  ].reduce((a, b) => tf.logicalAnd(a, b));
  return tf.where(tf.reshape(untouched, [batch, 1, 1, 1]), images, sampleFiltered(images, inverse));
}

/** Brightness, contrast, light and dark exchanged, hue and saturation. */
function coloured(images: tf.Tensor, { choose, uniform, normal }: Chance): tf.Tensor {
  const change = {
    brightness: choose('brightness', tf.mul(normal('brightness'), 0.2), 0),
    contrast: choose('contrast', logNormal(normal('contrast'), 0.5), 1),
    luma: choose('luma', sign(uniform('luma')), 1),
  };
  if (images.shape[3] === 1) return recolouredGrey(images, change);
  return recoloured(images, {
    ...change,
    hue: choose('hue', angle(uniform('hue')), 0),
    saturation: choose('saturation', logNormal(normal('saturation'), 1), 1),
  });
}
