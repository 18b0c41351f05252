/**
 * Gradients of activation functions. Where TensorFlow has the gradient as one op (`ReluGrad` …) that op is
 * used, and has a rule here itself; elsewhere the same is composed.
 */
import * as tf from '@tensorflow/tfjs-core';
import { onlyWhere, sumTo } from './broadcasting.ts';
import { fused, ofInput, ofOutput, rule } from './rule.ts';

const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.0507009873554805 * 1.6732632423543772;

const reluGrad = (dy: tf.Tensor, x: tf.Tensor): tf.Tensor =>
  fused('ReluGrad', { dy, x }, {}, () => onlyWhere(tf.greater(x, 0), dy));

const relu6Grad = (dy: tf.Tensor, x: tf.Tensor): tf.Tensor =>
  fused('Relu6Grad', { dy, x }, {}, () => onlyWhere(tf.logicalAnd(tf.greater(x, 0), tf.less(x, 6)), dy));

const leakyReluGrad = (dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor =>
  fused('LeakyReluGrad', { dy, x }, { alpha }, () => tf.where(tf.greater(x, 0), dy, tf.mul(dy, alpha)));

const sigmoidGrad = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  fused('SigmoidGrad', { dy, y }, {}, () => tf.mul(dy, tf.mul(y, tf.sub(1, y))));

const tanhGrad = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  fused('TanhGrad', { dy, y }, {}, () => tf.mul(dy, tf.sub(1, tf.square(y))));

const eluGrad = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  fused('EluGrad', { dy, y }, {}, () => tf.where(tf.less(y, 0), tf.mul(dy, tf.add(y, 1)), dy));

const softmaxGrad = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor => {
  const weighted = tf.mul(dy, y);
  return tf.sub(weighted, tf.mul(y, tf.sum(weighted, -1, true)));
};

export const activations: tf.GradConfig[] = [
  ofInput('Relu', reluGrad),
  rule('ReluGrad', { inputs: ['x'] }, (ddx, [x]) => ({ dy: () => reluGrad(ddx, x!), x: null })),
  ofInput('Relu6', relu6Grad),
  rule('Relu6Grad', { inputs: ['x'] }, (ddx, [x]) => ({ dy: () => relu6Grad(ddx, x!), x: null })),
  rule<{ alpha: number }>('LeakyRelu', { inputs: ['x'] }, (dy, [x], { alpha }) => ({
    x: () => leakyReluGrad(dy, x!, alpha),
  })),
  rule<{ alpha: number }>('LeakyReluGrad', { inputs: ['x'] }, (ddx, [x], { alpha }) => ({
    dy: () => leakyReluGrad(ddx, x!, alpha),
    x: null,
  })),
  rule('Prelu', { inputs: ['x', 'alpha'] }, (dy, [x, alpha]) => ({
    x: () => tf.where(tf.greater(x!, 0), dy, tf.mul(dy, alpha!)),
    alpha: () => sumTo(tf.mul(dy, tf.minimum(x!, 0)), alpha!.shape),
  })),
  ofOutput('Elu', eluGrad),
  rule('EluGrad', { inputs: ['dy', 'y'] }, (ddx, [dy, y]) => ({
    dy: () => eluGrad(ddx, y!),
    y: () => onlyWhere(tf.less(y!, 0), tf.mul(ddx, dy!)),
  })),
  ofInput('Selu', (dy, x) =>
    tf.mul(
      dy,
      tf.where(
        tf.greater(x, 0),
        tf.fill(x.shape, SELU_SCALE),
        tf.mul(tf.exp(tf.minimum(x, 0)), SELU_SCALE_ALPHA),
      ),
    ),
  ),
  ofInput('Softplus', (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  ofOutput('Sigmoid', sigmoidGrad),
  rule('SigmoidGrad', { inputs: ['dy', 'y'] }, (ddx, [dy, y]) => ({
    dy: () => sigmoidGrad(ddx, y!),
    y: () => tf.mul(tf.mul(ddx, dy!), tf.sub(1, tf.mul(y!, 2))),
  })),
  ofOutput('Tanh', tanhGrad),
  rule('TanhGrad', { inputs: ['dy', 'y'] }, (ddx, [dy, y]) => ({
    dy: () => tanhGrad(ddx, y!),
    y: () => tf.mul(tf.mul(ddx, dy!), tf.mul(y!, -2)),
  })),
  rule('Softmax', { outputs: [true] }, (dy, [y]) => ({ logits: () => softmaxGrad(dy, y!) })),
  rule('LogSoftmax', { outputs: [true] }, (dy, [y]) => ({
    logits: () => tf.sub(dy, tf.mul(tf.sum(dy, -1, true), tf.exp(y!))),
  })),
];
