/** Gradient checks: compositions that generative models and their losses are made of. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientCase } from './check.ts';
import { uniform } from './inputs.ts';

type T4 = tf.Tensor4D;

const image = uniform([2, 4, 4, 3]);
const logits = uniform([3, 4], -1.5, 1.5);

/** Self-attention over positions: [batch, height·width, channels]. */
function attention(x: tf.Tensor, query: tf.Tensor, key: tf.Tensor): tf.Tensor {
  const flat = tf.reshape(x, [2, 16, 3]);
  const project = (w: tf.Tensor): tf.Tensor => tf.reshape(tf.matMul(tf.reshape(x, [32, 3]), w), [2, 16, 2]);
  return tf.matMul(tf.softmax(tf.matMul(project(query), project(key), false, true)), flat);
}

/** StyleGAN2's modulated convolution: weights scaled by a style for each sample and normalised. */
function modulated(x: tf.Tensor, weight: tf.Tensor, style: tf.Tensor): tf.Tensor {
  const scaled = tf.mul(tf.expandDims(weight, 0), tf.reshape(tf.add(style, 1), [2, 1, 1, 3, 1]));
  const demodulated = tf.mul(scaled, tf.rsqrt(tf.add(tf.sum(tf.square(scaled), [1, 2, 3], true), 1e-3)));
  const samples = tf
    .unstack(x)
    .map((sample, i) =>
      tf.conv2d(sample as tf.Tensor3D, tf.gather(demodulated, tf.scalar(i, 'int32')) as T4, 1, 'same'),
    );
  return tf.stack(samples);
}

function spectralNorm(w: tf.Tensor, u: tf.Tensor): tf.Tensor {
  const v = tf.matMul(tf.reshape(u, [1, 4]), w, false, true);
  const unit = tf.div(v, tf.sqrt(tf.add(tf.sum(tf.square(v)), 1e-6)));
  return tf.div(w, tf.sum(tf.mul(tf.matMul(unit, w), tf.reshape(u, [1, 4]))));
}

/** Saves an intermediate of its forward pass, as a rule written for first derivatives alone would. */
const cubeWithSavedSquare = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((...args: unknown[]) => {
    const [input, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const squared = tf.square(input);
    const value = tf.mul(squared, input);
    save([squared]);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.mul(saved[0]!, 3)) };
  })(x);

export const modelCases: GradientCase[] = [
  {
    name: 'conv, softplus, conv',
    inputs: [image, uniform([3, 3, 3, 4]), uniform([4, 4, 4, 2])],
    op: (x, a, b) => tf.conv2d(tf.softplus(tf.conv2d(x as T4, a as T4, 1, 'same')), b as T4, 2, 'same'),
  },
  {
    name: 'conv2d and leakyRelu, first for x only',
    inputs: [image, uniform([3, 3, 3, 4])],
    // The slope is constant between kinks; the bias keeps every value far from them.
    op: (x, w) => {
      const y = tf.conv2d(x as T4, w as T4, 1, 'same');
      const signs = tf.reshape(tf.tensor1d([8, -8, 8, -8]), [1, 1, 1, 4]);
      return tf.leakyRelu(tf.add(y, signs), 0.2);
    },
    wrt: [0],
  },
  {
    name: 'conv transpose, batch norm, tanh',
    inputs: [image, uniform([4, 4, 2, 3])],
    op: (x, w) => {
      const y = tf.conv2dTranspose(x as T4, w as T4, [2, 8, 8, 2], 2, 'same');
      const { mean, variance } = tf.moments(y, [0, 1, 2]);
      return tf.tanh(
        tf.batchNorm(y, mean as tf.Tensor1D, variance as tf.Tensor1D, undefined, undefined, 1e-3),
      );
    },
  },
  { name: 'softmax attention', inputs: [image, uniform([3, 2]), uniform([3, 2])], op: attention },
  {
    name: 'modulated convolution',
    inputs: [image, uniform([3, 3, 3, 4]), uniform([2, 3], -0.5, 0.5)],
    op: modulated,
    steps: [1e-2, 5e-3],
  },
  {
    name: 'spectral normalisation',
    inputs: [uniform([3, 4]), uniform([4], 0.5, 1)],
    op: (w, u) => spectralNorm(w, u),
    steps: [1e-2, 5e-3],
  },
  {
    name: 'gradient penalty of a tanh net',
    inputs: [uniform([3, 4]), uniform([4, 5]), uniform([5, 1])],
    op: (x, a, b) => {
      const [dx] = tf.grads((input) => tf.sum(tf.matMul(tf.tanh(tf.matMul(input!, a)), b)))([x]);
      return tf.square(tf.sub(tf.sqrt(tf.add(tf.sum(tf.square(dx!), 1), 1e-3)), 1));
    },
    steps: [1e-2, 5e-3],
  },
  {
    name: 'sigmoid cross-entropy',
    inputs: [logits],
    op: (x) => tf.losses.sigmoidCrossEntropy(tf.onesLike(x), x),
  },
  {
    name: 'softmax cross-entropy',
    inputs: [logits],
    op: (x) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 1, 2], 'int32'), 4), x),
  },
  { name: 'mean squared error', inputs: [logits], op: (x) => tf.losses.meanSquaredError(tf.onesLike(x), x) },
  {
    name: 'hinge loss',
    inputs: [uniform([3, 4], -0.8, 0.8)],
    op: (x) => tf.losses.hingeLoss(tf.onesLike(x), x),
  },
  { name: 'customGrad that saves an intermediate', inputs: [uniform([3, 4])], op: cubeWithSavedSquare },
];
