/**
 * StyleGAN's mapping network (Karras et al., 2019, section 2): z becomes w, in which the factors of variation need not
 * fill a sphere. Conditional as in StyleGAN2-ADA: class and z are normalised each by itself and concatenated.
 */
import { equalizedDense, oneHot, pixelNorm, type Network, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface MappingConfig {
  /** Length of z. */
  readonly latent: number;
  /** Length of w, and of the layers between. */
  readonly features: number;
  /** Fully connected layers: 8 in the papers, 2 in StyleGAN2-ADA for small data. */
  readonly numLayers: number;
  /** The layers learn at this share of the learning rate. */
  readonly lrMultiplier: number;
  /** 0: unconditional. Otherwise the network takes labels as its second input. */
  readonly numClasses: number;
}

/** The paper's network. */
export const mappingDefaults: MappingConfig = {
  latent: 512,
  features: 512,
  numLayers: 8,
  lrMultiplier: 0.01,
  numClasses: 0,
};

const leak = 0.2;
/** Keeps the variance behind a LeakyReLU. */
const activationGain = Math.SQRT2;

/** z: `[batch, latent]`, labels: int32 `[batch]` where there are classes -> w: `[batch, features]`. */
export function mappingNetwork(config: MappingConfig): Network {
  return {
    inputs: [
      { shape: [config.latent], dtype: 'float32' },
      ...(config.numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, z, labels) =>
      mappingLayers(
        scope,
        [pixelNorm(z!), ...(labels === undefined ? [] : [classCode(scope, labels, config)])],
        config,
      ),
  };
}

/** labels: int32 `[batch]` -> `[batch, features]`, of mean square 1. */
export function classCode(
  scope: Scope,
  labels: tf.Tensor,
  { numClasses, features }: Pick<MappingConfig, 'numClasses' | 'features'>,
): tf.Tensor {
  return pixelNorm(
    scope.in('embedding', (s) => equalizedDense(s, oneHot(labels, numClasses), features, { gain: 1 })),
  );
}

/** codes: `[batch, …]` each, concatenated -> `[batch, features]`. */
export function mappingLayers(
  scope: Scope,
  codes: readonly tf.Tensor[],
  { features, numLayers, lrMultiplier }: Pick<MappingConfig, 'features' | 'numLayers' | 'lrMultiplier'>,
): tf.Tensor {
  let h = codes.length === 1 ? codes[0]! : tf.concat([...codes], 1);
  for (let layer = 1; layer <= numLayers; layer++) {
    const before = h;
    const y = scope.in(`layer${layer}`, (s) =>
      equalizedDense(s, before, features, { gain: 1, lrMultiplier }),
    );
    h = tf.mul(tf.leakyRelu(y, leak), activationGain);
  }
  return h;
}
