/** What a player's loss sees of one update, and what it gives back. */
import type * as tf from '@tensorflow/tfjs-core';

/** One batch of this worker. */
export interface Batch {
  /** float32 `[batch, height, width, channels]` in [-1, 1]. */
  readonly images: tf.Tensor;
  /** int32 `[batch]`. */
  readonly labels: tf.Tensor;
}

/** What changes over a run besides weights, as the current step finds it. */
export interface Circumstances {
  /** The row of the game's `stages` that the run is in; 0 without stages. */
  readonly stage: number;
  /** Declared state `name`, as the phases before this one left it. */
  state(name: string): tf.Tensor;
  /** Schedule `name` at the images seen so far, float32 scalar. */
  schedule(name: string): tf.Scalar;
}

/** What a player's loss may use. All of it is traced into the compiled step. */
export interface Play extends Circumstances {
  readonly batch: Batch;
  /** Samples that this worker draws: as many as `batch` has, or a multiple in a phase with a `drawFactor`. */
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
  /** Mean of `x` over all workers, with gradients to all of them: for statistics that a loss does not take sample by sample. */
  meanOverWorkers<T extends tf.Tensor>(x: T, label: string): T;
}

export interface PlayerLoss {
  /** Mean over this worker's samples; workers' gradients are averaged. */
  readonly loss: tf.Scalar;
  /** Further scalars to report, by TensorBoard tag. */
  readonly metrics?: Readonly<Record<string, tf.Scalar>>;
  /** New values of declared state; what is left out stays as it was. */
  readonly state?: Readonly<Record<string, tf.Tensor>>;
}
