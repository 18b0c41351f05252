/**
 * Critic of progressive growing (Karras et al., 2018, table 2): the generator mirrored, with average pooling, no
 * normalisation, an input layer for every side and the minibatch standard deviation in front of the last block.
 */
import {
  averagePool,
  equalizedConv2d,
  equalizedDense,
  minibatchStddev,
  oneHot,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { checkSides, featuresAt, growthOf, sidesTo, smallestSide, type ProGanConfig } from './config.ts';
import { fade } from './fade.ts';

const leak = 0.2;
const gain = Math.SQRT2;

/** Layer `conv2` with kernels of 3x3, its LeakyReLU, and half the side: x `[batch, side, side, in]` -> `[batch, side / 2, side / 2, features]`. */
export type Halving = (scope: Scope, x: tf.Tensor, features: number) => tf.Tensor;

/**
 * images: `[batch, side, side, channels]` of the stage's side -> logits `[batch, 1]`. A fading stage reads schedule
 * `alpha`: at 0 it judges the halved image as the coarser network does.
 */
export const proGanDiscriminator = (config: ProGanConfig): Network =>
  growingDiscriminator({ ...config, numClasses: 0 }, (scope, x, features) =>
    averagePool(convolution(scope, 'conv2', x, features, 3)),
  );

export interface GrowingDiscriminatorConfig extends Omit<ProGanConfig, 'latent'> {
  /** 0: unconditional. Otherwise it takes labels as its second input, and has a logit for each class. */
  readonly numClasses: number;
}

/** The same, with the way to halve a side as the caller has it. */
export function growingDiscriminator(config: GrowingDiscriminatorConfig, halve: Halving): Network {
  checkSides(config);
  const { resolution, channels, numClasses } = config;
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, images, labels) => {
      const declaring = scope.options.stage === undefined;
      const { side: first, fading } = growthOf(config, scope.options.stage);
      const entry = (side: number, x: tf.Tensor): tf.Tensor =>
        convolution(scope, `image${side}`, x, featuresAt(config, side), 1);
      let h = entry(first, images!);
      let shrunk = images!;
      for (const side of sidesTo(first).slice(1).toReversed()) {
        const before = h;
        h = scope.in(`block${side}`, (s) => block(s, before, config, side, halve));
        if (!declaring && side !== first) continue;
        if (!declaring && !fading) continue;
        shrunk = averagePool(shrunk);
        const coarser = entry(side / 2, shrunk);
        if (fading) h = fade(coarser, h, scope.schedule('alpha'));
      }
      return scope.in(`block${smallestSide}`, (s) => lastBlock(s, h, labels, config));
    },
  };
}

/** x: `[batch, side, side, features]` -> `[batch, side / 2, side / 2, features of that side]`. */
function block(
  scope: Scope,
  x: tf.Tensor,
  config: GrowingDiscriminatorConfig,
  side: number,
  halve: Halving,
): tf.Tensor {
  const same = convolution(scope, 'conv1', x, featuresAt(config, side), 3);
  return halve(scope, same, featuresAt(config, side / 2));
}

/** x: `[batch, 4, 4, features]` -> `[batch, 1]`. */
function lastBlock(
  scope: Scope,
  x: tf.Tensor,
  labels: tf.Tensor | undefined,
  config: GrowingDiscriminatorConfig,
): tf.Tensor {
  const compared = minibatchStddev(scope, x, { groupSize: config.stddevGroup });
  const h = convolution(scope, 'conv', compared, featuresAt(config, smallestSide), 3);
  const flat = tf.reshape(h, [h.shape[0]!, h.size / h.shape[0]!]);
  const units = featuresAt(config, smallestSide / 2);
  const hidden = tf.leakyRelu(
    scope.in('hidden', (s) => equalizedDense(s, flat, units, { gain })),
    leak,
  );
  const outputs = Math.max(1, config.numClasses);
  const logits = scope.in('logit', (s) => equalizedDense(s, hidden, outputs, { gain: 1 }));
  // Of a logit for each class, the one of the class asked for (Mescheder et al., 2018).
  return labels === undefined ? logits : tf.sum(tf.mul(logits, oneHot(labels, outputs)), 1, true);
}

const convolution = (
  scope: Scope,
  name: string,
  x: tf.Tensor,
  features: number,
  kernelSize: number,
): tf.Tensor =>
  tf.leakyRelu(
    scope.in(name, (s) => equalizedConv2d(s, x, features, { kernelSize, gain })),
    leak,
  );
