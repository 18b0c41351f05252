/** What turns images into features. Numbers are comparable only between equal extractors, so each says what it is. */
import type * as tf from '@tensorflow/tfjs-core';

export interface Extraction {
  /** `[n, dims]`, row-major. */
  readonly features: Float32Array;
  /** `[n, classes]`, row-major, before the softmax. */
  readonly logits: Float32Array;
}

export interface FeatureExtractor {
  readonly name: string;
  readonly dims: number;
  readonly classes: number;
  /** How images are brought to its input; written beside every number. */
  readonly resize: string;
  /** SHA-256 of its weights file, first 16 digits; written beside every number. */
  readonly weights: string;
  /** images: float32 `[n, height, width, channels]` in [-1, 1], 1 or 3 channels. They stay the caller's. */
  extract(images: tf.Tensor): Promise<Extraction>;
  dispose(): void;
}
