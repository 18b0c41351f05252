/** Brings drawn images to the target: antialiased scaling and placing in one op, then the number of channels. */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { ImageSize, Target } from '../sources/source.ts';
import type { Augmentation, Draws } from './augmentation.ts';
import { ensureShape, ints, op, reshape, slice, toFloat } from './ops.ts';

export interface Placing {
  /** Cut what is over, border what is missing, or distort. */
  readonly fit: 'crop' | 'pad' | 'stretch';
  readonly augmentation: Augmentation;
}

const NO_DRAWS: Draws<tf.Tensor> = {};

/**
 * images: [samples, height, width, channels], uint8 or float32 of 0 to 255. `size`: theirs, where all share one. `draws` (cropY,
 * cropX, zoom) hold for all samples alike.
 */
export function fitImages(
  images: tf.Tensor,
  size: ImageSize | null,
  target: Target,
  placing: Placing,
  draws: Draws<tf.Tensor> = NO_DRAWS,
): tf.Tensor {
  const [samples = -1, , , channels = -1] = images.shape;
  const fitted = ensureShape(resized(images, size, target, placing, draws), [
    samples,
    target.height,
    target.width,
    channels,
  ]);
  return matchChannels(fitted, target.channels);
}

function resized(
  images: tf.Tensor,
  size: ImageSize | null,
  target: Target,
  placing: Placing,
  draws: Draws<tf.Tensor>,
): tf.Tensor {
  if (size === null)
    return scaleAndTranslate(images, toFloat(slice(op('Shape', [images]), [1], [2])), target, placing, draws);
  if (draws.zoom === undefined) {
    if (size.height === target.height && size.width === target.width) return images;
    const sameShape = target.height * size.width === target.width * size.height;
    // Enlarging all of an image, a triangle filter is bilinear interpolation, which has a faster op.
    if (
      target.height >= size.height &&
      target.width >= size.width &&
      (sameShape || placing.fit === 'stretch')
    )
      return op('ResizeBilinear', [images, ints(target.height, target.width)], {
        half_pixel_centers: attr.bool(true),
      });
  }
  return scaleAndTranslate(images, tf.tensor1d([size.height, size.width]), target, placing, draws);
}

/**
 * What is over on each side is cut off in the middle or where the draws say; what is missing becomes black. The kernel is a
 * triangle as wide as one output pixel when shrinking (antialiased), as one input pixel when enlarging (bilinear): with `stretch`, or
 * equal proportions, what `tf.image.resize(…, antialias=True)` does, to the bit.
 */
function scaleAndTranslate(
  images: tf.Tensor,
  size: tf.Tensor,
  target: Target,
  { fit, augmentation }: Placing,
  draws: Draws<tf.Tensor>,
): tf.Tensor {
  const ratio = tf.div(tf.tensor1d([target.height, target.width]), size);
  const even = (scale: tf.Tensor) => tf.stack([scale, scale]);
  const covering = fit === 'stretch' ? ratio : even(fit === 'pad' ? tf.min(ratio) : tf.max(ratio));
  const zoom = draws.zoom && tf.add(1, tf.mul(draws.zoom, augmentation.zoom - 1));
  const scale = zoom ? tf.mul(covering, zoom) : covering;
  // From the ratios, so that an axis that fits exactly has nothing over.
  const over = tf.mul(tf.sub(scale, ratio), size);
  const { cropY, cropX } = draws;
  const offset =
    cropY && cropX
      ? tf.add(tf.mul(tf.maximum(over, 0), tf.stack([cropY, cropX])), tf.mul(tf.minimum(over, 0), 0.5))
      : tf.mul(over, 0.5);
  return resample(images, target, scale, tf.neg(offset));
}

/**
 * TensorFlow's kernel is quick along the rows of an image and slow along its columns. So each axis takes its turn as the rows of an
 * image that is one pixel wide: the same sums in the same order, hence the same bits, in two thirds of the time.
 */
function resample(
  images: tf.Tensor,
  { height, width }: ImageSize,
  scale: tf.Tensor,
  translation: tf.Tensor,
): tf.Tensor {
  const [samples = 1, , , channels = 1] = images.shape;
  const numRows = slice(op('Shape', [images]), [1], [1]);
  const tall = op('Reshape', [
    images,
    op('ConcatV2', [[ints(samples), numRows, ints(1, -1)], tf.scalar(0, 'int32')]),
  ]);
  const low = resampleRows(tall, height, slice(scale, [0], [1]), slice(translation, [0], [1]));
  const turned = reshape(transposed(low, samples, height, -1, channels), [samples, -1, 1, height * channels]);
  const small = resampleRows(turned, width, slice(scale, [1], [1]), slice(translation, [1], [1]));
  return reshape(transposed(small, samples, width, height, channels), [samples, height, width, channels]);
}

/** images: [samples, any height, 1, any channels] to [samples, height, 1, the same]. */
function resampleRows(
  images: tf.Tensor,
  height: number,
  scale: tf.Tensor,
  translation: tf.Tensor,
): tf.Tensor {
  const [one, zero] = [tf.tensor1d([1]), tf.tensor1d([0])];
  return op(
    'ScaleAndTranslate',
    [images, ints(height, 1), tf.concat([scale, one]), tf.concat([translation, zero])],
    { kernel_type: attr.string('triangle'), antialias: attr.bool(true) },
  );
}

/** Rows become columns. A single image goes without its first dimension, which would make the op slower. */
function transposed(
  images: tf.Tensor,
  samples: number,
  rows: number,
  columns: number,
  channels: number,
): tf.Tensor {
  return samples === 1
    ? op('Transpose', [reshape(images, [rows, columns, channels]), ints(1, 0, 2)])
    : op('Transpose', [reshape(images, [samples, rows, columns, channels]), ints(0, 2, 1, 3)]);
}

/** Grey is repeated; colour becomes its luminance (ITU-R BT.601, as PNG and JPEG decoders do it). */
function matchChannels(images: tf.Tensor, channels: 1 | 3): tf.Tensor {
  const from = images.shape[3];
  if (from === channels) return images;
  if (channels === 3) return op('Tile', [images, ints(1, 1, 1, 3)]);
  return tf.sum(tf.mul(toFloat(images), tf.tensor1d([0.299, 0.587, 0.114])), 3, true);
}
