/** Gradients of element-wise functions of one tensor. */
import * as tf from '@tensorflow/tfjs-core';
import { onlyWhere } from './broadcasting.ts';
import { ofInput, ofOutput, rule } from './rule.ts';

const oneMinusSquare = (x: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(x));

export const elementwise: tf.GradConfig[] = [
  rule('Identity', {}, (dy) => ({ x: () => tf.clone(dy) })),
  rule('Cast', {}, (dy) => ({ x: () => tf.clone(dy) })),
  rule('Neg', {}, (dy) => ({ x: () => tf.neg(dy) })),
  ofInput('Abs', (dy, x) => tf.mul(dy, tf.sign(x))),
  ofInput('Square', (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  ofOutput('Sqrt', (dy, y) => tf.div(dy, tf.mul(y, 2))),
  ofOutput('Rsqrt', (dy, y) => tf.mul(dy, tf.mul(tf.mul(tf.square(y), y), -0.5))),
  ofOutput('Reciprocal', (dy, y) => tf.neg(tf.mul(dy, tf.square(y)))),
  ofOutput('Exp', (dy, y) => tf.mul(dy, y)),
  ofOutput('Expm1', (dy, y) => tf.mul(dy, tf.add(y, 1))),
  ofInput('Log', (dy, x) => tf.div(dy, x)),
  ofInput('Log1p', (dy, x) => tf.div(dy, tf.add(x, 1))),
  ofInput('Sin', (dy, x) => tf.mul(dy, tf.cos(x))),
  ofInput('Cos', (dy, x) => tf.neg(tf.mul(dy, tf.sin(x)))),
  ofOutput('Tan', (dy, y) => tf.mul(dy, tf.add(tf.square(y), 1))),
  ofInput('Asin', (dy, x) => tf.mul(dy, tf.rsqrt(oneMinusSquare(x)))),
  ofInput('Acos', (dy, x) => tf.neg(tf.mul(dy, tf.rsqrt(oneMinusSquare(x))))),
  ofInput('Atan', (dy, x) => tf.div(dy, tf.add(tf.square(x), 1))),
  ofInput('Sinh', (dy, x) => tf.mul(dy, tf.cosh(x))),
  ofInput('Cosh', (dy, x) => tf.mul(dy, tf.sinh(x))),
  ofInput('Asinh', (dy, x) => tf.mul(dy, tf.rsqrt(tf.add(tf.square(x), 1)))),
  ofInput('Acosh', (dy, x) => tf.mul(dy, tf.rsqrt(tf.sub(tf.square(x), 1)))),
  ofInput('Atanh', (dy, x) => tf.div(dy, oneMinusSquare(x))),
  ofInput('Erf', (dy, x) => tf.mul(dy, tf.mul(tf.exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI)))),
  rule<{ clipValueMin: number; clipValueMax: number }>(
    'ClipByValue',
    { inputs: ['x'] },
    (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () =>
        onlyWhere(tf.logicalAnd(tf.greaterEqual(x!, clipValueMin), tf.lessEqual(x!, clipValueMax)), dy),
    }),
  ),
];
