/**
 * Augmentations of what D sees (Karras et al., 2020a, "Training generative adversarial networks with limited data",
 * appendix B), each applied to each image with chance p. At p 0 no bit of an image changes.
 */
import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from '../errors.ts';
import { brightening, contrasting, hueTurn, lumaFlip, recoloured, saturating } from './colour.ts';
import { composed, matrixOf, rotation, scaling, translation } from './geometry.ts';
import { sampleFiltered, sampleNearest } from './sample-pixels.ts';

/** Groups of augmentations: whole pixels moved, images scaled, turned and moved with a filter, colours changed. */
export interface Augmentations {
  readonly pixels: boolean;
  readonly geometry: boolean;
  readonly colours: boolean;
}

/** One number for each image, `[batch]`. Every name is asked for once. */
export interface AugmentationDraws {
  /** In [0, 1). */
  uniform(name: string): tf.Tensor;
  /** N(0, 1). */
  normal(name: string): tf.Tensor;
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
  let seen = images;
  if (pixels) seen = sampleNearest(seen, pixelMap(images.shape, p, draws));
  if (geometry) seen = filtered(seen, p, draws);
  if (colours) seen = recoloured(seen, colourMap(images.shape, p, draws));
  return seen;
}

/** `value` where an image is chosen, with chance `p`; else `otherwise`, which changes nothing. */
const chosen = (
  draws: AugmentationDraws,
  name: string,
  p: tf.Tensor,
  value: tf.Tensor,
  otherwise: number,
): tf.Tensor => tf.where(tf.less(draws.uniform(`${name}?`), p), value, otherwise);

/** 2 to the power of a normal number with this standard deviation. */
const logNormal = (draws: AugmentationDraws, name: string, deviation: number): tf.Tensor =>
  tf.exp(tf.mul(draws.normal(name), deviation * Math.LN2));

const angle = (draws: AugmentationDraws, name: string): tf.Tensor =>
  tf.mul(tf.sub(tf.mul(draws.uniform(name), 2), 1), Math.PI);

/** -1 or 1. */
const sign = (draws: AugmentationDraws, name: string): tf.Tensor =>
  tf.sub(1, tf.mul(tf.floor(tf.mul(draws.uniform(name), 2)), 2));

/** Flips left to right, quarter turns and moves by up to an eighth of the image: inverse maps `[batch, 3, 3]`. */
function pixelMap(shape: readonly number[], p: tf.Tensor, draws: AugmentationDraws): tf.Tensor {
  const [batch, height, width] = shape as [number, number, number];
  const flip = chosen(draws, 'flip', p, sign(draws, 'flip'), 1);
  const quarters = chosen(draws, 'turn', p, tf.floor(tf.mul(draws.uniform('turn'), 4)), 0);
  // Sines and cosines of quarter turns, without rounding.
  const odd = tf.mod(quarters, 2);
  const half = tf.sub(1, tf.mul(tf.floor(tf.div(quarters, 2)), 2));
  const [cosine, sine] = [tf.mul(tf.sub(1, odd), half), tf.mul(odd, half)];
  const turn = matrixOf(
    [
      [cosine, tf.neg(sine), 0],
      [sine, cosine, 0],
      [0, 0, 1],
    ],
    batch,
  );
  const move = (name: string, size: number): tf.Tensor =>
    tf.round(tf.mul(tf.sub(draws.uniform(name), 0.5), size / 4));
  const isMoved = tf.cast(tf.less(draws.uniform('move?'), p), 'float32');
  const shift = translation(tf.mul(move('move x', width), isMoved), tf.mul(move('move y', height), isMoved));
  return composed(scaling(flip, tf.onesLike(flip)), turn, shift);
}

/** Scale, turn, stretch, turn again and move by fractions of pixels. */
function filtered(images: tf.Tensor, p: tf.Tensor, draws: AugmentationDraws): tf.Tensor {
  const [batch, height, width] = images.shape as [number, number, number];
  // So that an image is turned at all with chance p.
  const eachTurn = tf.sub(1, tf.sqrt(tf.sub(1, p)));
  const scale = chosen(draws, 'scale', p, logNormal(draws, 'scale', 0.2), 1);
  const first = chosen(draws, 'turn before', eachTurn, angle(draws, 'turn before'), 0);
  const stretch = chosen(draws, 'stretch', p, logNormal(draws, 'stretch', 0.2), 1);
  const second = chosen(draws, 'turn behind', eachTurn, angle(draws, 'turn behind'), 0);
  const isShifted = tf.cast(tf.less(draws.uniform('shift?'), p), 'float32');
  const shift = (name: string, size: number): tf.Tensor =>
    tf.mul(tf.mul(draws.normal(name), size / 8), isShifted);
  const [x, y] = [shift('shift x', width), shift('shift y', height)];
  const inverse = composed(
    scaling(scale, scale),
    rotation(first),
    scaling(stretch, tf.div(1, stretch)),
    rotation(second),
    translation(x, y),
  );
  const isSame = [
    tf.equal(scale, 1),
    tf.equal(first, 0),
    tf.equal(stretch, 1),
    tf.equal(second, 0),
    tf.equal(isShifted, 0),
  ];
  const untouched = isSame.reduce((a, b) => tf.logicalAnd(a, b));
  return tf.where(tf.reshape(untouched, [batch, 1, 1, 1]), images, sampleFiltered(images, inverse));
}

/** Brightness, contrast, light and dark exchanged, hue and saturation: `[batch, 4, 4]`. */
function colourMap(shape: readonly number[], p: tf.Tensor, draws: AugmentationDraws): tf.Tensor {
  const bright = brightening(chosen(draws, 'brightness', p, tf.mul(draws.normal('brightness'), 0.2), 0));
  const contrast = contrasting(chosen(draws, 'contrast', p, logNormal(draws, 'contrast', 0.5), 1));
  const flip = lumaFlip(chosen(draws, 'luma', p, sign(draws, 'luma'), 1));
  if (shape[3] === 1) return composed(flip, contrast, bright);
  const hue = hueTurn(chosen(draws, 'hue', p, angle(draws, 'hue'), 0));
  const saturation = saturating(chosen(draws, 'saturation', p, logNormal(draws, 'saturation', 1), 1));
  return composed(saturation, hue, flip, contrast, bright);
}
