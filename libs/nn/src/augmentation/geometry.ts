/** Affine maps of the plane, one for each image. Positions are in pixels from the image's centre: x right, y down. */
import * as tf from '@tensorflow/tfjs-core';

/** float32 `[batch]`, or a number that is the same for all images. */
type Entry = tf.Tensor | number;

/** (x, y) -> (a x + b y + tx, c x + d y + ty). */
export interface PlaneMap {
  readonly a: Entry;
  readonly b: Entry;
  readonly c: Entry;
  readonly d: Entry;
  readonly tx: Entry;
  readonly ty: Entry;
}

const still: PlaneMap = { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 };

export const scaling = (a: Entry, d: Entry): PlaneMap => ({ ...still, a, d });
export const translation = (tx: Entry, ty: Entry): PlaneMap => ({ ...still, tx, ty });
/** By the angle of this cosine and sine, from x towards y. */
export const rotation = (cosine: tf.Tensor, sine: tf.Tensor): PlaneMap => ({
  ...still,
  a: cosine,
  b: tf.neg(sine),
  c: sine,
  d: cosine,
});

const times = (a: Entry, b: Entry): Entry => {
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  return b === 1 ? a : tf.mul(a, b);
};
const plus = (a: Entry, b: Entry): Entry => {
  if (a === 0) return b;
  return b === 0 ? a : tf.add(a, b);
};

/** One map after another; the last is the first that a point goes through. */
export function composed(...maps: PlaneMap[]): PlaneMap {
  return maps.reduce((outer, inner) => {
    const through = (x: Entry, y: Entry, u: Entry, v: Entry): Entry => plus(times(x, u), times(y, v));
    return {
      a: through(outer.a, outer.b, inner.a, inner.c),
      b: through(outer.a, outer.b, inner.b, inner.d),
      c: through(outer.c, outer.d, inner.a, inner.c),
      d: through(outer.c, outer.d, inner.b, inner.d),
      tx: plus(through(outer.a, outer.b, inner.tx, inner.ty), outer.tx),
      ty: plus(through(outer.c, outer.d, inner.tx, inner.ty), outer.ty),
    };
  });
}

/** Where the map leads from the grid of points `(xs, ys)`: two tensors `[batch, ys.size, xs.size]`. */
export function mapped(map: PlaneMap, xs: tf.Tensor, ys: tf.Tensor): { x: tf.Tensor; y: tf.Tensor } {
  const [across, down] = [tf.reshape(xs, [1, 1, -1]), tf.reshape(ys, [1, -1, 1])];
  const each = (entry: Entry): Entry =>
    typeof entry === 'number' ? entry : tf.reshape(entry, [entry.size, 1, 1]);
  const along = (x: Entry, y: Entry, offset: Entry): tf.Tensor =>
    tf.add(tf.add(tf.mul(each(x), across), tf.mul(each(y), down)), each(offset));
  return { x: along(map.a, map.b, map.tx), y: along(map.c, map.d, map.ty) };
}

/** Indices on a line of `size` pixels mirrored at its outermost pixels again and again: `-1` is `1`. */
export function reflected(index: tf.Tensor, size: number): tf.Tensor {
  if (size === 1) return tf.zerosLike(index);
  const period = 2 * (size - 1);
  const within = tf.sub(index, tf.mul(tf.floor(tf.div(index, period)), period));
  return tf.minimum(within, tf.sub(period, within));
}
