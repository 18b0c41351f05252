/**
 * Random colours of one image: brightness, contrast, saturation, hue, in this order. Each is what `tf.image.adjust_…` does to an
 * image of 0 to 1; what leaves that range is cut off before saturation, whose colour space has no other, and at the end.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Augmentation, Draws } from './augmentation.ts';
import { op, toFloat } from './ops.ts';

const WHITE = 255;

/** image: [height, width, channels], 0 to 255; as float32 of the same range. Saturation and hue need 3 channels. */
export function jitterColours(
  image: tf.Tensor,
  augmentation: Augmentation,
  draws: Draws<tf.Tensor>,
): tf.Tensor {
  const { brightness, contrast, saturation, hue } = draws;
  if (!brightness && !contrast && !saturation && !hue) return image;
  let pixels = tf.div(toFloat(image), WHITE);
  if (brightness) pixels = tf.add(pixels, around(0, augmentation.brightness, brightness));
  if (contrast) pixels = op('AdjustContrastv2', [pixels, around(1, augmentation.contrast, contrast)]);
  if (saturation || hue) pixels = tf.clipByValue(pixels, 0, 1);
  if (saturation) pixels = op('AdjustSaturation', [pixels, around(1, augmentation.saturation, saturation)]);
  if (hue) pixels = op('AdjustHue', [pixels, around(0, augmentation.hue, hue)]);
  return tf.mul(tf.clipByValue(pixels, 0, 1), WHITE);
}

/** A draw in [0, 1) to middle - reach … middle + reach. */
function around(middle: number, reach: number, draw: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(tf.sub(tf.mul(draw, 2), 1), reach), middle);
}
