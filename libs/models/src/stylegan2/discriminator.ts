/**
 * StyleGAN2's residual discriminator (Karras et al., 2020, figure 7), which filters before it halves the side and compares
 * the samples of a group; conditional by projection on a mapped class (Karras et al., 2020a, appendix C).
 */
import { equalizedConv2d, equalizedDense, minibatchStddev, type Network, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { featuresAt, sidesTo, smallestSide } from '../progan/config.ts';
import { classCode, mappingDefaults, mappingLayers } from '../stylegan/mapping.ts';
import { activated } from './activation.ts';
import { checkSide, type StyleGan2Config } from './config.ts';

/** images: `[batch, resolution, resolution, channels]`, labels: int32 `[batch]` where there are classes -> logits `[batch, 1]`. */
export function styleGan2Discriminator(config: StyleGan2Config): Network {
  const { resolution, channels, numClasses } = config;
  checkSide(resolution);
  return {
    inputs: [
      { shape: [resolution, resolution, channels], dtype: 'float32' },
      ...(numClasses > 0 ? [{ shape: [], dtype: 'int32' } as const] : []),
    ],
    forward: (scope, images, labels) => {
      let h = scope.in('image', (s) => convolution(s, images!, featuresAt(config, resolution), 1));
      for (const side of sidesTo(resolution).slice(1).toReversed()) {
        const before = h;
        h = scope.in(`block${side}`, (s) => residualBlock(s, before, featuresAt(config, side / 2)));
      }
      return scope.in(`block${smallestSide}`, (s) => lastBlock(s, h, labels, config));
    },
  };
}

/** x: `[batch, side, side, in]` -> `[batch, side / 2, side / 2, features]`. */
function residualBlock(scope: Scope, x: tf.Tensor, features: number): tf.Tensor {
  const same = scope.in('conv1', (s) => convolution(s, x, x.shape[3]!, 3));
  const halved = scope.in('conv2', (s) => convolution(s, same, features, 3, 'down'));
  const shortcut = scope.in('shortcut', (s) =>
    equalizedConv2d(s, x, features, { kernelSize: 1, gain: 1, bias: false, resample: 'down' }),
  );
  return tf.mul(tf.add(halved, shortcut), Math.SQRT1_2);
}

/** x: `[batch, 4, 4, in]` -> `[batch, 1]`. */
function lastBlock(
  scope: Scope,
  x: tf.Tensor,
  labels: tf.Tensor | undefined,
  config: StyleGan2Config,
): tf.Tensor {
  const compared = minibatchStddev(scope, x, { groupSize: config.stddevGroup });
  const width = featuresAt(config, smallestSide);
  const maps = scope.in('conv', (s) => convolution(s, compared, width, 3));
  const flat = tf.reshape(maps, [maps.shape[0]!, smallestSide * smallestSide * width]);
  const hidden = activated(scope.in('hidden', (s) => equalizedDense(s, flat, width, { gain: 1 })));
  if (labels === undefined) return scope.in('logit', (s) => equalizedDense(s, hidden, 1, { gain: 1 }));
  const judged = scope.in('logit', (s) => equalizedDense(s, hidden, width, { gain: 1 }));
  const asked = scope.in('classes', (s) => mappedClass(s, labels, width, config));
  return tf.div(tf.sum(tf.mul(judged, asked), 1, true), Math.sqrt(width));
}

/** labels: int32 `[batch]` -> `[batch, features]`. */
function mappedClass(
  scope: Scope,
  labels: tf.Tensor,
  features: number,
  { numClasses, classLayers }: StyleGan2Config,
): tf.Tensor {
  const code = classCode(scope, labels, { numClasses, features });
  const { lrMultiplier } = mappingDefaults;
  return mappingLayers(scope, [code], { features, numLayers: classLayers, lrMultiplier });
}

const convolution = (
  scope: Scope,
  x: tf.Tensor,
  features: number,
  kernelSize: number,
  resample: 'none' | 'down' = 'none',
): tf.Tensor => activated(equalizedConv2d(scope, x, features, { kernelSize, gain: 1, resample }));
