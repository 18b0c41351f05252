/** StyleGAN's discriminator: that of progressive growing, with a blur in front of every convolution that halves the side. */
import type { Network } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';
import { growingDiscriminator } from '../progan/discriminator.ts';
import type { StyleGanConfig } from './config.ts';
import { convolveHalved } from './resampling.ts';

/** images: `[batch, side, side, channels]` of the stage's side, labels: int32 `[batch]` where there are classes -> `[batch, 1]`. */
export function styleGanDiscriminator(config: StyleGanConfig): Network {
  return growingDiscriminator(config, (scope, x, features) =>
    tf.leakyRelu(
      scope.in('conv2', (s) => convolveHalved(s, x, features)),
      0.2,
    ),
  );
}
