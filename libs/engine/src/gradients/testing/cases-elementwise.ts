/** Gradient checks: element-wise arithmetic, with broadcasting. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { awayFromZero, uniform } from './inputs.ts';

const matrix = uniform([3, 4]);
const row = uniform([4]);
const positive = uniform([3, 4], 0.5, 2);
const positiveRow = uniform([4], 0.5, 2);
const inner = uniform([3, 4], -0.5, 0.5);

const unary = (name: string, op: (x: tf.Tensor) => tf.Tensor, input = matrix): GradientCase => ({
  name,
  inputs: [input],
  op,
});
const binary = (
  name: string,
  op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  a = matrix,
  b = row,
): GradientCase => ({ name, inputs: [a, b], op });

export const elementwiseCases: GradientCase[] = [
  unary('abs', (x) => tf.abs(x), awayFromZero([3, 4])),
  unary('neg', (x) => tf.neg(x)),
  unary('square', (x) => tf.square(x)),
  unary('sqrt', (x) => tf.sqrt(x), positive),
  unary('rsqrt', (x) => tf.rsqrt(x), positive),
  unary('exp', (x) => tf.exp(x)),
  unary('expm1', (x) => tf.expm1(x)),
  unary('log', (x) => tf.log(x), positive),
  unary('log1p', (x) => tf.log1p(x), positive),
  unary('reciprocal', (x) => tf.reciprocal(x), positive),
  unary('sin', (x) => tf.sin(x)),
  unary('cos', (x) => tf.cos(x)),
  unary('tan', (x) => tf.tan(x)),
  unary('asin', (x) => tf.asin(x), inner),
  unary('acos', (x) => tf.acos(x), inner),
  unary('atan', (x) => tf.atan(x)),
  unary('sinh', (x) => tf.sinh(x)),
  unary('cosh', (x) => tf.cosh(x)),
  unary('asinh', (x) => tf.asinh(x)),
  unary('acosh', (x) => tf.acosh(x), uniform([3, 4], 1.5, 2)),
  unary('atanh', (x) => tf.atanh(x), inner),
  unary('erf', (x) => tf.erf(x)),
  unary('pow by a constant', (x) => tf.pow(x, tf.scalar(2)), positive),
  binary('add', (a, b) => tf.add(a, b)),
  binary('sub', (a, b) => tf.sub(a, b)),
  binary('mul', (a, b) => tf.mul(a, b)),
  binary('mul, both broadcast', (a, b) => tf.mul(a, b), uniform([3, 1]), uniform([1, 4])),
  binary('div', (a, b) => tf.div(a, b), matrix, positiveRow),
  binary('divNoNan', (a, b) => tf.divNoNan(a, b), matrix, positive),
  binary('pow', (a, b) => tf.pow(a, b), positive, uniform([4], 1, 2)),
  binary('maximum', (a, b) => tf.maximum(tf.square(a), b), awayFromZero([3, 4]), uniform([4], -0.9, -0.1)),
  binary('maximum, broadcast', (a, b) => tf.maximum(a, tf.mul(b, 0.1)), awayFromZero([3, 4]), row),
  binary('minimum, broadcast', (a, b) => tf.minimum(a, tf.mul(b, 0.1)), awayFromZero([3, 4]), row),
  binary('squaredDifference, broadcast', (a, b) => tf.squaredDifference(a, b)),
  binary('atan2', (a, b) => tf.atan2(a, b), positive, positive),
  binary('addN', (a, b) => tf.addN([a, b, a]), matrix, matrix),
  binary('mod', (a, b) => tf.mod(a, b), uniform([3, 4], 0.2, 0.8), uniform([4], 1, 2)),
  binary('floorDiv', (a, b) => tf.mul(tf.floorDiv(a, b), a), uniform([3, 4], 0.2, 0.8), uniform([4], 1, 2)),
  binary('complex magnitude', (a, b) => tf.abs(tf.complex(a, b)), matrix, matrix),
  binary('complex product', (a, b) => tf.imag(tf.mul(tf.complex(a, b), tf.complex(b, a))), matrix, matrix),
  unary('fft', (x) => tf.real(tf.spectral.fft(tf.complex(x, tf.square(x))))),
  unary('ifft', (x) => tf.imag(tf.spectral.ifft(tf.complex(x, tf.square(x))))),
  unary('rfft', (x) => tf.abs(tf.spectral.rfft(x)), uniform([2, 8])),
  unary('irfft', (x) => tf.spectral.irfft(tf.complex(x, tf.square(x)))),
];
