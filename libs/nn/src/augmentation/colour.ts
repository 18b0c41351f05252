/** Changes of colour as matrices of homogeneous colours (red, green, blue, 1), `[batch, 4, 4]`. */
import * as tf from '@tensorflow/tfjs-core';
import { matrixOf } from './geometry.ts';

/** The grey axis has direction (1, 1, 1) / sqrt 3; this is its matrix v v'. */
const third = 1 / 3;

/** red = green = blue = `amount` is added. */
export const brightening = (amount: tf.Tensor): tf.Tensor =>
  matrixOf(
    [
      [1, 0, 0, amount],
      [0, 1, 0, amount],
      [0, 0, 1, amount],
      [0, 0, 0, 1],
    ],
    amount.size,
  );

/** All colours times `factor`: contrast about mid-grey, which is 0. */
export const contrasting = (factor: tf.Tensor): tf.Tensor =>
  matrixOf(
    [
      [factor, 0, 0, 0],
      [0, factor, 0, 0],
      [0, 0, factor, 0],
      [0, 0, 0, 1],
    ],
    factor.size,
  );

/** `along` scales a colour's part on the grey axis, `across` the rest of it, which is also turned by `angle`. */
function aboutGrey(along: tf.Tensor, across: tf.Tensor, angle: tf.Tensor): tf.Tensor {
  const [cosine, sine] = [tf.mul(across, tf.cos(angle)), tf.mul(across, tf.sin(angle))];
  const shared = tf.mul(tf.sub(along, cosine), third);
  const skew = tf.mul(sine, 1 / Math.sqrt(3));
  const diagonal = tf.add(shared, cosine);
  const [before, behind] = [tf.sub(shared, skew), tf.add(shared, skew)];
  return matrixOf(
    [
      [diagonal, before, behind, 0],
      [behind, diagonal, before, 0],
      [before, behind, diagonal, 0],
      [0, 0, 0, 1],
    ],
    along.size,
  );
}

/** -1 exchanges light and dark and keeps hue and saturation, 1 changes nothing. */
export const lumaFlip = (sign: tf.Tensor): tf.Tensor =>
  aboutGrey(sign, tf.onesLike(sign), tf.zerosLike(sign));

/** Hues turned about the grey axis by `angle` radians. */
export const hueTurn = (angle: tf.Tensor): tf.Tensor =>
  aboutGrey(tf.onesLike(angle), tf.onesLike(angle), angle);

/** Distances from the grey axis times `factor`. */
export const saturating = (factor: tf.Tensor): tf.Tensor =>
  aboutGrey(tf.onesLike(factor), factor, tf.zerosLike(factor));

/**
 * images: `[batch, height, width, 3 or 1]`, colours: `[batch, 4, 4]`. Grey images have one number for red, green and
 * blue alike, and take the mean of what becomes of them.
 */
export function recoloured(images: tf.Tensor, colours: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const linear = tf.slice(colours, [0, 0, 0], [batch, 3, 3]);
  const offset = tf.slice(colours, [0, 0, 3], [batch, 3, 1]);
  if (channels === 1) {
    const scale = tf.div(tf.sum(linear, [1, 2], true), 3);
    const shift = tf.mean(offset, 1, true);
    return tf.add(tf.mul(images, tf.expandDims(scale, 3)), tf.expandDims(shift, 3));
  }
  const pixels = tf.reshape(images, [batch, height * width, 3]);
  const changed = tf.add(tf.matMul(pixels, linear, false, true), tf.transpose(offset, [0, 2, 1]));
  return tf.reshape(changed, images.shape);
}
