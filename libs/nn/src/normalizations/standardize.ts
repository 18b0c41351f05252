/** The part that batch normalisations share: statistics of the batch or running ones, and what is kept of them. */
import { allGather, worldSize } from '@kiln/collectives';
import { normalizeBatch, type NormalizedBatch } from '@kiln/engine';
import * as tf from '@tensorflow/tfjs-core';
import { ones, zeros } from '../initializers.ts';
import type { Scope } from '../scope.ts';

export interface StatisticsOptions {
  epsilon?: number;
  /** Share of the new batch in the running statistics. */
  momentum?: number;
}

/** Each `[channels]`. */
export interface Affine {
  gain: tf.Tensor;
  offset: tf.Tensor;
}

/**
 * x: `[..., channels]` with mean 0 and variance 1 over all other axes, then scaled and shifted by `affine` if given.
 * The statistics `mean` and `variance` are kept in the scope.
 */
export function standardize(
  scope: Scope,
  x: tf.Tensor,
  affine: Affine | null,
  { epsilon = 1e-5, momentum = 0.1 }: StatisticsOptions,
): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const runningMean = scope.stat('mean', [channels], zeros);
  const runningVariance = scope.stat('variance', [channels], ones);
  if (!scope.options.training) return normalize(x, runningMean, runningVariance, affine, epsilon);

  const { y, mean, variance } =
    scope.options.batchStatistics === 'global' && worldSize() > 1
      ? normalizeGlobally(x, affine, epsilon, scope.path)
      : normalizeBatch(
          x,
          affine?.gain ?? tf.ones([channels]),
          affine?.offset ?? tf.zeros([channels]),
          epsilon,
        );
  const share = scope.options.momentum ?? momentum;
  const blend = (running: tf.Tensor, batch: tf.Tensor): tf.Tensor =>
    tf.add(running, tf.mul(tf.sub(batch, running), share));
  scope.setStat('mean', blend(runningMean, mean));
  scope.setStat('variance', blend(runningVariance, variance));
  return y;
}

function normalizeGlobally(
  x: tf.Tensor,
  affine: Affine | null,
  epsilon: number,
  label: string,
): NormalizedBatch {
  const { mean, variance } = globalMoments(x, label);
  return { y: normalize(x, mean, variance, affine, epsilon), mean, variance };
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
  affine: Affine | null,
  epsilon: number,
): tf.Tensor {
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const centred = tf.sub(x, mean);
  if (affine === null) return tf.mul(centred, inverse);
  return tf.add(tf.mul(centred, tf.mul(affine.gain, inverse)), affine.offset);
}
