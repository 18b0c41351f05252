/** Gradients of element-wise functions of two tensors, which broadcast. */
import * as tf from '@tensorflow/tfjs-core';
import { onlyWhere, sumTo } from './broadcasting.ts';
import { conjugate } from './spectral.ts';
import { rule } from './rule.ts';

/** A row for a kernel of `a` and `b`: the gradient for each before it is summed to the input's shape. */
const ofTwo = (
  kernelName: string,
  forA: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  forB: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  saveOutput = false,
): tf.GradConfig =>
  rule(kernelName, { inputs: ['a', 'b'], ...(saveOutput && { outputs: [true] }) }, (dy, [a, b, y]) => ({
    a: () => sumTo(forA(dy, a!, b!, y!), a!.shape),
    b: () => sumTo(forB(dy, a!, b!, y!), b!.shape),
  }));

const asFloat = (x: tf.Tensor): tf.Tensor =>
  x.dtype === 'int32' || x.dtype === 'bool' ? tf.cast(x, 'float32') : x;

/** log(a) where that is real; the inner guard keeps the gradient of the part not taken finite. */
const logOrZero = (a: tf.Tensor): tf.Tensor => {
  const positive = tf.greater(a, 0);
  return onlyWhere(positive, tf.log(tf.where(positive, a, tf.onesLike(a))));
};

const twiceDifference = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.mul(tf.sub(a, b), 2);

export const arithmetic: tf.GradConfig[] = [
  ofTwo(
    'Add',
    (dy) => tf.clone(dy),
    (dy) => tf.clone(dy),
  ),
  ofTwo(
    'Sub',
    (dy) => tf.clone(dy),
    (dy) => tf.neg(dy),
  ),
  ofTwo(
    'Multiply',
    (dy, _, b) => tf.mul(dy, conjugate(asFloat(b))),
    (dy, a) => tf.mul(dy, conjugate(asFloat(a))),
  ),
  ofTwo(
    'RealDiv',
    (dy, _, b) => tf.div(dy, b),
    (dy, _, b, y) => tf.neg(tf.mul(dy, tf.div(y, b))),
    true,
  ),
  ofTwo(
    'Mod',
    (dy) => tf.clone(dy),
    (dy, a, b) => tf.neg(tf.mul(dy, tf.floor(tf.div(a, b)))),
  ),
  ofTwo(
    'Maximum',
    (dy, a, b) => onlyWhere(tf.greaterEqual(a, b), dy),
    (dy, a, b) => onlyWhere(tf.less(a, b), dy),
  ),
  ofTwo(
    'Minimum',
    (dy, a, b) => onlyWhere(tf.lessEqual(a, b), dy),
    (dy, a, b) => onlyWhere(tf.greater(a, b), dy),
  ),
  ofTwo(
    'SquaredDifference',
    (dy, a, b) => tf.mul(dy, twiceDifference(a, b)),
    (dy, a, b) => tf.mul(dy, twiceDifference(b, a)),
  ),
  ofTwo(
    'Pow',
    (dy, a, b) => tf.mul(dy, tf.mul(asFloat(b), tf.pow(a, tf.sub(asFloat(b), 1)))),
    (dy, a, _, y) => tf.mul(dy, tf.mul(y, logOrZero(a))),
    true,
  ),
  ofTwo(
    'Atan2',
    (dy, a, b) => tf.mul(dy, tf.div(b, tf.add(tf.square(a), tf.square(b)))),
    (dy, a, b) => tf.neg(tf.mul(dy, tf.div(a, tf.add(tf.square(a), tf.square(b))))),
  ),
  rule('AddN', { allInputs: true }, (dy, inputs) => inputs.map(() => () => tf.clone(dy))),
  rule('Select', { inputs: ['condition'] }, (dy, [condition]) => ({
    condition: null,
    t: () => onlyWhere(condition!, dy),
    e: () => tf.where(condition!, tf.zerosLike(dy), dy),
  })),
];
