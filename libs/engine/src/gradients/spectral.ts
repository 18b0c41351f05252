/**
 * Gradients of complex tensors and Fourier transforms. The gradient for a complex z is dL/dRe z + i·dL/dIm z,
 * so every rule is the conjugate transpose of the op.
 */
import * as tf from '@tensorflow/tfjs-core';
import { rule } from './rule.ts';

export const conjugate = (x: tf.Tensor): tf.Tensor =>
  x.dtype === 'complex64' ? tf.complex(tf.real(x), tf.neg(tf.imag(x))) : x;

const scale = (z: tf.Tensor, factor: number | tf.Tensor): tf.Tensor =>
  tf.complex(tf.mul(tf.real(z), factor), tf.mul(tf.imag(z), factor));

export const spectral: tf.GradConfig[] = [
  rule('Complex', {}, (dy) => ({ real: () => tf.real(dy), imag: () => tf.imag(dy) })),
  rule('Real', {}, (dy) => ({ input: () => tf.complex(dy, tf.zerosLike(dy)) })),
  rule('Imag', {}, (dy) => ({ input: () => tf.complex(tf.zerosLike(dy), dy) })),
  rule('ComplexAbs', { inputs: ['x'], outputs: [true] }, (dy, [x, y]) => ({
    x: () => scale(x!, tf.div(dy, y!)),
  })),
  rule('FFT', {}, (dy) => ({ input: () => scale(tf.spectral.ifft(dy), dy.shape.at(-1)!) })),
  rule('IFFT', {}, (dy) => ({ input: () => scale(tf.spectral.fft(dy), 1 / dy.shape.at(-1)!) })),
];
