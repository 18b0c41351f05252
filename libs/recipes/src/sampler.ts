/** How images are drawn from a trained game. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Circumstances } from './play.ts';

/** How z is drawn: U(-1, 1), N(0, 1), or -1 and 1 with equal chance (Brock et al., 2019, appendix E). */
export type LatentDistribution = 'uniform' | 'normal' | 'bernoulli';

/** What drawing may use; traced into a compiled function. */
export interface SamplePlay extends Circumstances {
  /** `[batch, latent.size]`. */
  readonly z: tf.Tensor;
  /**
   * int32 `[batch]`; zeros when the game knows no classes. Between classes shares of each, float32 `[batch, numClasses]`:
   * a network that takes labels takes these as well.
   */
  readonly labels: tf.Tensor;
  /** Truncation in style space: w' = mean + psi (w - mean) in the first `cutoff` layers. psi is 1 for none. */
  readonly psi: tf.Scalar;
  readonly cutoff: number;
  /** Style mixing: layers `from` to `to`, the last left out, take their style from `z`, `[batch, latent.size]`. */
  readonly mix?: { readonly z: tf.Tensor; readonly from: number; readonly to: number };
  /** One draw for each sample, `[batch, ...shape]`, that depends on the sample's seed and the stream's name alone. */
  normal(stream: string, shape: number[]): tf.Tensor;
  /** Runs network `name` of the sampler's networks. */
  apply(name: string, ...inputs: tf.Tensor[]): tf.Tensor;
}

export interface Sampler {
  /** Networks that `images` applies; of those that are averaged, the averages. */
  readonly networks: readonly string[];
  readonly latent: { readonly size: number; readonly distribution: LatentDistribution };
  /** 0 when the game knows no classes. */
  readonly numClasses: number;
  /**
   * What `--truncation` means: `latent` draws numbers of z again that are larger (Brock et al., 2019, section 3.1),
   * `style` is psi (Karras et al., 2019, appendix B). Left out: the game knows none.
   */
  readonly truncation?: 'latent' | 'style';
  /** Layers of the whole network that take a style, which `kiln mix` mixes. Left out: the game knows no styles. */
  readonly styleLayers?: number;
  /** -> `[batch, height, width, channels]` in [-1, 1]. */
  images(play: SamplePlay): tf.Tensor;
}
