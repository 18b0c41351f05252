/**
 * StyleGAN's synthesis network (Karras et al., 2019, figure 1b): a learned constant, two layers a side that each take noise
 * and a style, nearest upsampling with a blur behind the convolution, and an output layer for every side, as it grows.
 */
import {
  adaptiveInstanceNorm,
  equalizedConv2d,
  noiseInput,
  ones,
  zeros,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { checkSides, featuresAt, smallestSide } from '../progan/config.ts';
import { grownImage } from '../progan/grown-image.ts';
import { convolveDoubled } from './resampling.ts';
import { styleLayers, styleNoiseShapes, type StyleGanConfig } from './config.ts';

const leak = 0.2;
/** Of a layer that is followed by a LeakyReLU (He et al., 2015). */
const gain = Math.SQRT2;

/**
 * styles: `[batch, layers, features]`, then a noise input, N(0, 1), for each layer (`styleNoiseShapes`), of the stage's side or
 * more -> images of the stage's side, `[batch, side, side, channels]`, about in [-1, 1]. A fading stage reads schedule `alpha`.
 */
export function styleGanSynthesis(config: StyleGanConfig): Network {
  checkSides(config);
  const { resolution, features } = config;
  return {
    inputs: [[styleLayers(resolution), features], ...styleNoiseShapes(resolution)].map((shape) => ({
      shape,
      dtype: 'float32',
    })),
    forward: (scope, styles, ...noises) => {
      const ws = tf.unstack(styles!, 1);
      return grownImage(scope, config, (side, before) => {
        const width = featuresAt(config, side);
        const layer = 2 * Math.log2(side / smallestSide);
        const own = (name: 'layer1' | 'layer2', x: tf.Tensor, at: number): tf.Tensor =>
          scope.in(`block${side}.${name}`, (s) => styled(s, x, ws[at]!, noises[at]!, config.epsilon));
        const start =
          before === undefined
            ? scope.in(`block${side}`, (s) => constant(s, width, styles!.shape[0]!))
            : scope.in(`block${side}.conv1`, (s) => convolveDoubled(s, before, width));
        const first = own('layer1', start, layer);
        const second = scope.in(`block${side}.conv2`, (s) =>
          equalizedConv2d(s, first, width, { kernelSize: 3, gain, bias: false }),
        );
        return own('layer2', second, layer + 1);
      });
    },
  };
}

/** -> `[batch, 4, 4, width]`. */
function constant(scope: Scope, width: number, batch: number): tf.Tensor {
  const start = scope.param('constant', [smallestSide, smallestSide, width], ones);
  return tf.broadcastTo(tf.expandDims(start, 0), [batch, smallestSide, smallestSide, width]);
}

/** x: `[batch, side, side, width]`, w: `[batch, features]`, noise: `[batch, side, side, 1]`. */
function styled(scope: Scope, x: tf.Tensor, w: tf.Tensor, noise: tf.Tensor, epsilon: number): tf.Tensor {
  const noisy = scope.in('noise', (s) => noiseInput(s, x, noise, { perChannel: true }));
  const biased = tf.add(noisy, scope.param('bias', [x.shape[3]!], zeros));
  return scope.in('norm', (s) => adaptiveInstanceNorm(s, tf.leakyRelu(biased, leak), w, { epsilon }));
}
