/**
 * A small game that uses every word a game has: two players on networks that grow, a lazy penalty with a loss of its
 * own on half of the batch, two draws for each sample, declared state of both kinds, a rule, a schedule and stages. Without batch statistics, so
 * that micro-batches change nothing.
 */
import { rank } from '@kiln/collectives';
import { DIGITS_TRAIN, digitsSpec, openDataset, type Dataset } from '@kiln/datasets';
import { adversarialLosses } from '@kiln/losses';
import { adam, dense, normal, type Network, type Scope } from '@kiln/nn';
import type { Game, Play } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';

/** Wide, so that no gradient is a small difference of large numbers. */
const kernelInitializer = normal(0.3);
const latent = 6;
const side = 8;
/** A large epsilon, or Adam would make as much of a rounding error as of a gradient. */
const optimizer = adam({ beta1: 0.5, epsilon: 0.01 });
const loss = adversarialLosses['non-saturating'];

/** Runs `late` in the second stage alone, and faded in by the schedule; while variables are declared too. */
function grown(scope: Scope, early: tf.Tensor, late: (scope: Scope) => tf.Tensor): tf.Tensor {
  if (scope.options.stage === 0) return early;
  return tf.add(early, tf.mul(scope.in('late', late), scope.schedule('alpha')));
}

const G: Network = {
  inputs: [{ shape: [latent], dtype: 'float32' }],
  forward: (scope, z) => {
    const h = tf.leakyRelu(scope.in('hidden', (s) => dense(s, z!, 12, { kernelInitializer })));
    const early = scope.in('early', (s) => dense(s, h, side * side, { kernelInitializer }));
    const image = grown(scope, early, (s) => dense(s, tf.square(h), side * side, { kernelInitializer }));
    return tf.reshape(tf.tanh(image), [z!.shape[0]!, side, side, 1]);
  },
};

const D: Network = {
  inputs: [{ shape: [side, side, 1], dtype: 'float32' }],
  forward: (scope, images) => {
    const flat = tf.reshape(images!, [images!.shape[0]!, side * side]);
    const h = tf.leakyRelu(scope.in('hidden', (s) => dense(s, flat, 12, { kernelInitializer })));
    const early = scope.in('early', (s) => dense(s, h, 1, { kernelInitializer }));
    return grown(scope, early, (s) => dense(s, tf.square(h), 1, { kernelInitializer }));
  },
};

export interface GrowingOptions {
  /** Images after which the second stage begins; its batch is at most `lateBatch`. */
  readonly lateImages?: number;
  readonly lateBatch?: number;
  /** Reports an infinite metric on this worker. */
  readonly brokenRank?: number;
}

export function growingGame({ lateImages = 256, lateBatch = 32, brokenRank }: GrowingOptions = {}): Game {
  const fake = (play: Play): tf.Tensor => play.apply('G', play.normal('z', [latent]));
  return {
    networks: { G, D },
    players: {
      D: {
        owns: ['D'],
        optimizer,
        learningRate: () => 1e-2,
        loss: (play) => {
          const realLogits = play.apply('D', play.batch.images);
          const sign = tf.mean(tf.sign(realLogits)) as tf.Scalar;
          return {
            loss: loss.discriminator(realLogits, play.apply('D', fake(play))),
            metrics: {
              'scores/sign': rank() === brokenRank ? (tf.div(1, tf.abs(tf.mul(sign, 0))) as tf.Scalar) : sign,
            },
            state: {
              signs: tf.add(play.state('signs'), sign),
              steps: tf.add(play.state('steps'), tf.scalar(1, 'int32')),
            },
          };
        },
      },
      G: {
        owns: ['G'],
        optimizer,
        learningRate: () => 1e-2,
        loss: (play) => ({ loss: loss.generator(play.apply('D', fake(play))) }),
      },
    },
    phases: [
      { name: 'discriminator', player: 'D', every: 1, steps: 2 },
      { name: 'penalty', player: 'D', every: 2, steps: 1, shrink: 2, loss: penalty },
      { name: 'generator', player: 'G', every: 1, steps: 1, drawFactor: 2 },
      {
        name: 'strength',
        every: 2,
        rule: ({ state, imagesPerStep }) => ({
          strength: tf.clipByValue(
            tf.add(state('strength'), tf.mul(tf.sign(state('signs')), imagesPerStep / 1000)),
            0,
            1,
          ),
          signs: tf.scalar(0),
        }),
      },
    ],
    averages: [{ network: 'G', halfLifeKimg: 0.5, ramp: 0.5 }],
    state: {
      signs: { shape: [], init: 0, combine: 'mean' },
      strength: { shape: [], init: 0.5, combine: 'same' },
      logits: { shape: [2], init: 1, combine: 'mean' },
      steps: { shape: [], dtype: 'int32', init: 0, combine: 'same' },
    },
    schedules: { alpha: (images) => Math.min(1, Math.max(0, (images - lateImages) / 512)) },
    stages: [
      { name: 'early', fromKimg: 0 },
      { name: 'late', fromKimg: lateImages / 1000, maxBatch: lateBatch, resetOptimizers: true },
    ],
    sampler: {
      networks: ['G'],
      latent: { size: latent, distribution: 'normal' },
      numClasses: 0,
      truncation: 'latent',
      images: ({ apply, z }) => apply('G', z),
    },
  };
}

/** Pulls logits of real images towards 1, harder the stronger; remembers their two mean powers. */
function penalty(play: Play): ReturnType<Game['players'][string]['loss']> {
  const logits = play.apply('D', play.batch.images);
  const power = tf.mean(tf.square(logits)) as tf.Scalar;
  const centre = play.meanOverWorkers(tf.mean(logits), 'centre');
  const distance = tf.sub(power, tf.mul(centre, 2));
  const old = play.state('logits');
  return {
    loss: tf.mul(distance, tf.mul(play.state('strength'), 0.1)) as tf.Scalar,
    state: { logits: tf.add(tf.mul(old, 0.9), tf.mul(tf.stack([tf.mean(logits), power]), 0.1)) },
  };
}

export const growingData = (dataFolder: string): Promise<Dataset> =>
  openDataset({ ...digitsSpec(dataFolder), range: DIGITS_TRAIN });
