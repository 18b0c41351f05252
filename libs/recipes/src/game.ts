/**
 * A recipe is a game: networks, players who each own some of them and minimise a loss, and phases that say who moves
 * when. The trainer knows these words and no system in particular.
 */
import type { Network, Optimizer } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';

/** One batch of this worker. */
export interface Batch {
  /** float32 `[batch, height, width, channels]` in [-1, 1]. */
  readonly images: tf.Tensor;
  /** int32 `[batch]`. */
  readonly labels: tf.Tensor;
}

/** What a player's loss may use. All of it is traced into the compiled step. */
export interface Play {
  readonly batch: Batch;
  /** Samples of this worker in one batch. */
  readonly batchSize: number;
  /**
   * Draws for this worker's samples, the same whatever the number of workers: uniform in [low, high) or standard
   * normal, `[batchSize, ...shape]`. Every call in a phase needs a `stream` name of its own.
   */
  uniform(stream: string, shape: number[], low: number, high: number): tf.Tensor;
  normal(stream: string, shape: number[]): tf.Tensor;
  /** Random class labels, int32 `[batchSize]` in [0, numClasses). */
  labels(stream: string, numClasses: number): tf.Tensor;
  /** Runs network `name` with its current variables in training mode. */
  apply(name: string, ...inputs: tf.Tensor[]): tf.Tensor;
}

export interface PlayerLoss {
  /** Mean over this worker's samples; workers' gradients are averaged. */
  readonly loss: tf.Scalar;
  /** Further scalars to report, by TensorBoard tag. */
  readonly metrics?: Readonly<Record<string, tf.Scalar>>;
}

export interface Player {
  /** The networks whose parameters this player updates. */
  readonly owns: readonly string[];
  readonly optimizer: Optimizer;
  /** A function of the real images seen, never of the run's length, so that a longer run begins like a shorter one. */
  learningRate(images: number): number;
  loss(play: Play): PlayerLoss;
}

export interface Phase {
  readonly name: string;
  /** Whose move it is. */
  readonly player: string;
  /** The phase is part of every `every`-th step. */
  readonly every: number;
  /** Updates in one step, each with a batch of its own. */
  readonly steps: number;
}

/** A network to be averaged over training; samples come from the average. */
export interface Average {
  readonly network: string;
  /** Thousands of images after which an old weight's share has halved. */
  readonly halfLifeKimg: number;
  /** Early on, the half-life is this share of the images seen. */
  readonly ramp: number;
}

/** How z is drawn: U(-1, 1), N(0, 1), or -1 and 1 with equal chance (Brock et al., 2019, appendix E). */
export type LatentDistribution = 'uniform' | 'normal' | 'bernoulli';

/** How images are drawn from a trained game. */
export interface Sampler {
  /** The averaged network that makes images. */
  readonly network: string;
  readonly latent: { readonly size: number; readonly distribution: LatentDistribution };
  /** 0 when the game knows no classes. */
  readonly numClasses: number;
}

export interface Game {
  readonly networks: Readonly<Record<string, Network>>;
  readonly players: Readonly<Record<string, Player>>;
  readonly phases: readonly Phase[];
  readonly averages: readonly Average[];
  readonly sampler: Sampler;
}
