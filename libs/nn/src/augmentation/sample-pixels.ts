/** Images looked at through plane maps: whole pixels as they are, or filtered in between. Differentiable to any order. */
import * as tf from '@tensorflow/tfjs-core';
import { upfirdn } from '../resampling/upfirdn.ts';
import { mapped, reflected, type PlaneMap } from './geometry.ts';

/** Distances of `count` points, `step` apart, from their middle. */
const centred = (count: number, step = 1): tf.Tensor =>
  tf.mul(tf.sub(tf.range(0, count, 1, 'float32'), (count - 1) / 2), step);

/** Pixels of images `[batch, height, width, channels]` at whole rows and columns `[batch, h, w]`, float32. */
function pixelsAt(images: tf.Tensor, rows: tf.Tensor, columns: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const start = tf.reshape(tf.range(0, batch * height * width, height * width, 'int32'), [batch, 1, 1]);
  const within = tf.add(tf.mul(tf.cast(rows, 'int32'), tf.scalar(width, 'int32')), tf.cast(columns, 'int32'));
  const flat = tf.reshape(images, [batch * height * width, channels]);
  return tf.gather(flat, tf.add(start, within));
}

/**
 * images: `[batch, height, width, channels]`; the pixel at position v is the one nearest to `inverse` v, beyond the border
 * of the mirrored image. Where it is the identity no bit changes.
 */
export function sampleNearest(images: tf.Tensor, inverse: PlaneMap): tf.Tensor {
  const [, height, width] = images.shape as [number, number, number, number];
  const { x, y } = mapped(inverse, centred(width), centred(height));
  const columns = reflected(tf.round(tf.add(x, (width - 1) / 2)), width);
  const rows = reflected(tf.round(tf.add(y, (height - 1) / 2)), height);
  return pixelsAt(images, rows, columns);
}

/** Symlet of order 6 (Daubechies, 1992), an orthonormal low-pass filter: what it doubles and then halves is unchanged. */
export const symlet6 = [
  0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
  0.787641141030194, 0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578,
  0.0017677118642428036, -0.007800708325034148,
] as const;

const numTaps = symlet6.length;
/** Samples of the doubled image that the filter needs beyond each border when it halves. */
const margin = numTaps / 2 - 1;

/**
 * The same with a low-pass filter: the image is doubled, read with bilinear interpolation at twice as many points as are
 * needed, and halved (Karras et al., 2020a, appendix B).
 */
export function sampleFiltered(images: tf.Tensor, inverse: PlaneMap): tf.Tensor {
  const [, height, width] = images.shape as [number, number, number, number];
  const around = numTaps / 4;
  const framed = tf.mirrorPad(
    images,
    [
      [0, 0],
      [around, around],
      [around, around],
      [0, 0],
    ],
    'reflect',
  );
  const doubled = upfirdn(framed, symlet6, { up: 2, pad: [0, -1], gain: 4 });
  const { x, y } = mapped(
    inverse,
    centred(2 * width + 2 * margin, 0.5),
    centred(2 * height + 2 * margin, 0.5),
  );
  const read = bilinear(doubled, halfPixel(x, width), halfPixel(y, height));
  return upfirdn(read, symlet6.toReversed(), { down: 2 });
}

/** Positions from the centre as indices of the doubled image, between its outermost pixels. */
const halfPixel = (position: tf.Tensor, size: number): tf.Tensor =>
  tf.add(tf.mul(reflected(tf.add(position, (size - 1) / 2), size), 2), 0.5);

function bilinear(images: tf.Tensor, columns: tf.Tensor, rows: tf.Tensor): tf.Tensor {
  const [left, top] = [tf.floor(columns), tf.floor(rows)];
  const [toRight, down] = [tf.expandDims(tf.sub(columns, left), 3), tf.expandDims(tf.sub(rows, top), 3)];
  const blend = (a: tf.Tensor, b: tf.Tensor, share: tf.Tensor): tf.Tensor =>
    tf.add(tf.mul(a, tf.sub(1, share)), tf.mul(b, share));
  const line = (row: tf.Tensor): tf.Tensor =>
    blend(pixelsAt(images, row, left), pixelsAt(images, row, tf.add(left, 1)), toRight);
  return blend(line(top), line(tf.add(top, 1)), down);
}
