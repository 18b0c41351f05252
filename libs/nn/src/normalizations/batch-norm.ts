/** Batch normalisation (Ioffe and Szegedy, 2015) over the batch of one worker or of all of them. */
import { allGather, worldSize } from '@kiln/collectives';
import { normalizeBatch, type NormalizedBatch } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { normal, ones, zeros } from '../initializers.ts';
import type { Scope } from '../scope.ts';

export interface BatchNormOptions {
  epsilon?: number;
  /** Share of the new batch in the running statistics. */
  momentum?: number;
}

/**
 * x: `[..., channels]`, normalised over all other axes. With `global` statistics N workers normalise exactly as one
 * worker with the N-fold batch would, and gradients flow through the statistics of all.
 */
export function batchNorm(scope: Scope, x: tf.Tensor, options: BatchNormOptions = {}): tf.Tensor {
  const { epsilon = 1e-5, momentum = 0.1 } = options;
  const channels = x.shape.at(-1)!;
  const gain = scope.param('gain', [channels], normal(0.02, 1));
  const offset = scope.param('offset', [channels], zeros);
  const runningMean = scope.stat('mean', [channels], zeros);
  const runningVariance = scope.stat('variance', [channels], ones);
  if (!scope.options.training) return normalize(x, runningMean, runningVariance, gain, offset, epsilon);

  const { y, mean, variance } =
    scope.options.batchStatistics === 'global' && worldSize() > 1
      ? normalizeGlobally(x, gain, offset, epsilon, scope.path)
      : normalizeBatch(x, gain, offset, epsilon);
  const blend = (running: tf.Tensor, batch: tf.Tensor): tf.Tensor =>
    tf.add(running, tf.mul(tf.sub(batch, running), momentum));
  scope.setStat('mean', blend(runningMean, mean));
  scope.setStat('variance', blend(runningVariance, variance));
  return y;
}

function normalizeGlobally(
  x: tf.Tensor,
  gain: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
  label: string,
): NormalizedBatch {
  const { mean, variance } = globalMoments(x, label);
  return { y: normalize(x, mean, variance, gain, offset, epsilon), mean, variance };
}

interface Moments {
  mean: tf.Tensor;
  variance: tf.Tensor;
}

function localMoments(x: tf.Tensor): Moments {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes) };
}

/**
 * Each rank's mean and variance are gathered and combined about the common mean. One collective a layer, and unlike
 * E[x^2] - E[x]^2 it loses no digits when the mean is large. Needs equal batches on all ranks.
 */
function globalMoments(x: tf.Tensor, label: string): Moments {
  const local = localMoments(x);
  const channels = x.shape.at(-1)!;
  const gathered = tf.reshape(allGather(tf.stack([local.mean, local.variance]), `${label}/moments`), [
    worldSize(),
    2,
    channels,
  ]) as tf.Tensor3D;
  const means = tf.slice(gathered, [0, 0, 0], [-1, 1, -1]);
  const variances = tf.slice(gathered, [0, 1, 0], [-1, 1, -1]);
  const mean = tf.mean(means, [0, 1]);
  return { mean, variance: tf.mean(tf.add(variances, tf.square(tf.sub(means, mean))), [0, 1]) };
}

function normalize(
  x: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  gain: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  const scale = tf.mul(gain, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), offset);
}
