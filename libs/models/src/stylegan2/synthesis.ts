/**
 * StyleGAN2's synthesis network (Karras et al., 2020, figures 2 and 7): a learned constant, modulated convolutions with a
 * noise input each, and an output layer a side whose images are upsampled and added up.
 */
import {
  modulatedConv2d,
  noiseInput,
  normal,
  upsampleFiltered,
  zeros,
  type Network,
  type Scope,
} from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { featuresAt, sidesTo, smallestSide } from '../progan/config.ts';
import { activated } from './activation.ts';
import { checkSide, numStyles, type StyleGan2Config } from './config.ts';

/** Shapes of the noise inputs, in the order of the layers: one at side 4, two at each further side. */
export function noiseShapes(resolution: number): [number, number, number][] {
  return sidesTo(resolution).flatMap((side) =>
    Array.from({ length: side === smallestSide ? 1 : 2 }, (): [number, number, number] => [side, side, 1]),
  );
}

/**
 * styles: `[batch, numStyles(resolution), features]`, then a noise input, N(0, 1), for each of `noiseShapes` -> images
 * `[batch, resolution, resolution, channels]`, about in [-1, 1].
 */
export function styleGan2Synthesis(config: StyleGan2Config): Network {
  const { resolution, features } = config;
  checkSide(resolution);
  return {
    inputs: [[numStyles(resolution), features], ...noiseShapes(resolution)].map((shape) => ({
      shape,
      dtype: 'float32',
    })),
    forward: (scope, styles, ...noises) => {
      const ws = tf.unstack(styles!, 1);
      const noise = noises[Symbol.iterator]();
      let style = 0;
      let h: tf.Tensor | undefined;
      let image: tf.Tensor | undefined;
      for (const side of sidesTo(resolution)) {
        const before = h;
        const [maps, own] = scope.in(`block${side}`, (s): [tf.Tensor, tf.Tensor] => {
          const width = featuresAt(config, side);
          const layer = (name: string, x: tf.Tensor, resample: 'none' | 'up'): tf.Tensor =>
            s.in(name, (inner) => styledLayer(inner, x, ws[style++]!, noise.next().value!, width, resample));
          const first =
            before === undefined ? constant(s, width, styles!.shape[0]!) : layer('conv1', before, 'up');
          const y = layer(before === undefined ? 'conv1' : 'conv2', first, 'none');
          // The output layer shares its w with the next side's first convolution.
          return [y, s.in('image', (inner) => outputLayer(inner, y, ws[style]!, config.channels))];
        });
        h = maps;
        image = image === undefined ? own : tf.add(upsampleFiltered(image), own);
      }
      return image!;
    },
  };
}

/** -> `[batch, 4, 4, width]`. */
function constant(scope: Scope, width: number, batch: number): tf.Tensor {
  const start = scope.param('constant', [smallestSide, smallestSide, width], normal(1));
  return tf.broadcastTo(tf.expandDims(start, 0), [batch, smallestSide, smallestSide, width]);
}

/** x: `[batch, side, side, in]`, w: `[batch, features]` -> `[batch, side', side', width]`. */
function styledLayer(
  scope: Scope,
  x: tf.Tensor,
  w: tf.Tensor,
  noise: tf.Tensor,
  width: number,
  resample: 'none' | 'up',
): tf.Tensor {
  const y = modulatedConv2d(scope, x, w, width, { kernelSize: 3, resample });
  const noisy = scope.in('noise', (s) => noiseInput(s, y, noise));
  return activated(tf.add(noisy, scope.param('bias', [width], zeros)));
}

/** x: `[batch, side, side, in]`, w: `[batch, features]` -> `[batch, side, side, channels]`. */
function outputLayer(scope: Scope, x: tf.Tensor, w: tf.Tensor, channels: number): tf.Tensor {
  const y = modulatedConv2d(scope, x, w, channels, { kernelSize: 1, demodulate: false });
  return tf.add(y, scope.param('bias', [channels], zeros));
}
