/** Changes of colour, as ADA makes them one after the other, in one linear map of red, green and blue. */
import * as tf from '@tensorflow/tfjs-core';

/** float32 `[batch]` each. */
export interface ColourChange {
  /** Is added to all colours, first. 0 changes nothing. */
  readonly brightness: tf.Tensor;
  /** Multiplies all colours, about mid-grey, which is 0. 1 changes nothing. */
  readonly contrast: tf.Tensor;
  /** -1 exchanges light and dark and keeps hue and saturation, 1 changes nothing. */
  readonly luma: tf.Tensor;
}

/** What grey images do not have. */
export interface HueChange {
  /** Radians by which hues are turned about the grey axis, from red to green to blue. */
  readonly hue: tf.Tensor;
  /** Multiplies distances from the grey axis. */
  readonly saturation: tf.Tensor;
}

/** For each image, behind its other axes. */
const ofImages = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [x.size, 1, 1, 1]);

/** images: `[batch, height, width, 1]`. Where nothing is asked to change, no bit does. */
export function recolouredGrey(images: tf.Tensor, { brightness, contrast, luma }: ColourChange): tf.Tensor {
  const factor = tf.mul(contrast, luma);
  return tf.add(tf.mul(images, ofImages(factor)), ofImages(tf.mul(factor, brightness)));
}

/**
 * images: `[batch, height, width, 3]`. On the grey axis a colour is scaled by `luma`, across it by `saturation` and turned: a
 * matrix whose rows are one another's, shifted.
 */
export function recoloured(images: tf.Tensor, change: ColourChange & HueChange): tf.Tensor {
  const { brightness, contrast, luma, hue, saturation } = change;
  const [cosine, sine] = [tf.mul(saturation, tf.cos(hue)), tf.mul(saturation, tf.sin(hue))];
  const grey = tf.div(tf.sub(luma, cosine), 3);
  const skew = tf.div(sine, Math.sqrt(3));
  const own = tf.mul(contrast, tf.add(grey, cosine));
  const [next, last] = [tf.mul(contrast, tf.sub(grey, skew)), tf.mul(contrast, tf.add(grey, skew))];
  const [red, green, blue] = tf.split(images, 3, 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const turned = [
    tf.mul(images, ofImages(own)),
    tf.mul(tf.concat([green, blue, red], 3), ofImages(next)),
    tf.mul(tf.concat([blue, red, green], 3), ofImages(last)),
  ];
  return tf.add(tf.addN(turned), ofImages(tf.mul(tf.mul(contrast, luma), brightness)));
}
