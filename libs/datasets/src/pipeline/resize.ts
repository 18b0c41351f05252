/** Brings drawn images to the target: antialiased scaling that fills it, cut at the centre, then the number of channels. */
import { attr } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { ImageSize, Target } from '../sources/source.ts';
import { ensureShape, ints, op, slice, toFloat } from './ops.ts';

/** images: [samples, height, width, channels], uint8 or float32 of 0 to 255. `size`: theirs, where all share one. */
export function fitImages(images: tf.Tensor, size: ImageSize | null, target: Target): tf.Tensor {
  const [samples = -1, , , channels = -1] = images.shape;
  const fitted = ensureShape(scaleToFill(images, size, target), [
    samples,
    target.height,
    target.width,
    channels,
  ]);
  return matchChannels(fitted, target.channels);
}

function scaleToFill(images: tf.Tensor, size: ImageSize | null, target: Target): tf.Tensor {
  if (size === null)
    return scaleAndTranslate(images, toFloat(slice(op('Shape', [images]), [1], [2])), target);
  if (size.height === target.height && size.width === target.width) return images;
  const enlarges = target.height >= size.height && target.height * size.width === target.width * size.height;
  // Enlarging without a cut, a triangle filter is bilinear interpolation, which has a faster op.
  if (enlarges)
    return op('ResizeBilinear', [images, ints(target.height, target.width)], {
      half_pixel_centers: attr.bool(true),
    });
  return scaleAndTranslate(images, tf.tensor1d([size.height, size.width]), target);
}

/**
 * The smallest scale that covers the target, the middle in the middle: scaling and centre-crop are one op. Its kernel is a
 * triangle as wide as one output pixel when shrinking (antialiased), as one input pixel when enlarging (bilinear).
 */
function scaleAndTranslate(images: tf.Tensor, size: tf.Tensor, target: Target): tf.Tensor {
  const wanted = tf.tensor1d([target.height, target.width]);
  const scale = tf.max(tf.div(wanted, size));
  const translation = tf.mul(tf.sub(wanted, tf.mul(size, scale)), 0.5);
  return op(
    'ScaleAndTranslate',
    [images, ints(target.height, target.width), tf.stack([scale, scale]), translation],
    {
      kernel_type: attr.string('triangle'),
      antialias: attr.bool(true),
    },
  );
}

/** Grey is repeated; colour becomes its luminance (ITU-R BT.601, as PNG and JPEG decoders do it). */
function matchChannels(images: tf.Tensor, channels: 1 | 3): tf.Tensor {
  const from = images.shape[3];
  if (from === channels) return images;
  if (channels === 3) return op('Tile', [images, ints(1, 1, 1, 3)]);
  return tf.sum(tf.mul(toFloat(images), tf.tensor1d([0.299, 0.587, 0.114])), 3, true);
}
