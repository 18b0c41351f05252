/**
 * Generator of progressive growing (Karras et al., 2018, table 2): nearest upsampling and two convolutions a side,
 * equalised learning rate, LeakyReLU 0.2, pixel norm, a linear output layer for every side.
 */
import {
  equalizedConv2d,
  equalizedDense,
  pixelNorm,
  upsampleNearest,
  zeros,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { checkSides, featuresAt, smallestSide, type ProGanConfig } from './config.ts';
import { grownImage } from './grown-image.ts';

const leak = 0.2;
/** Of a layer that is followed by a LeakyReLU (He et al., 2015). */
const gain = Math.SQRT2;

/**
 * z: `[batch, latent]` -> images of the stage's side, `[batch, side, side, channels]`, about in [-1, 1]. A fading stage
 * reads schedule `alpha`: 0 is the coarser network's image, enlarged, and 1 the finer one's.
 */
export function proGanGenerator(config: ProGanConfig): Network {
  checkSides(config);
  return {
    inputs: [{ shape: [config.latent], dtype: 'float32' }],
    forward: (scope, z) =>
      grownImage(scope, config, (side, before) =>
        scope.in(`block${side}`, (s) =>
          before === undefined
            ? firstBlock(s, pixelNorm(z!), config)
            : block(s, before, featuresAt(config, side)),
        ),
      ),
  };
}

/** z: `[batch, latent]` -> `[batch, 4, 4, features]`. */
function firstBlock(scope: Scope, z: tf.Tensor, config: ProGanConfig): tf.Tensor {
  const features = featuresAt(config, smallestSide);
  const area = smallestSide * smallestSide;
  // The paper's layer is a 4x4 convolution of z padded to 7x7, whose fan-in is 16 times as large.
  const spread = scope.in('project', (s) =>
    equalizedDense(s, z, area * features, { gain: gain / smallestSide, bias: false }),
  );
  const bias = scope.in('project', (s) => s.param('bias', [features], zeros));
  const start = tf.reshape(spread, [z.shape[0]!, smallestSide, smallestSide, features]);
  return convolution(scope, 'conv', activated(tf.add(start, bias)), features);
}

/** x: `[batch, side / 2, side / 2, in]` -> `[batch, side, side, features]`. */
function block(scope: Scope, x: tf.Tensor, features: number): tf.Tensor {
  return convolution(scope, 'conv2', convolution(scope, 'conv1', upsampleNearest(x), features), features);
}

const convolution = (scope: Scope, name: string, x: tf.Tensor, features: number): tf.Tensor =>
  activated(scope.in(name, (s) => equalizedConv2d(s, x, features, { kernelSize: 3, gain })));

const activated = (x: tf.Tensor): tf.Tensor => pixelNorm(tf.leakyRelu(x, leak));
