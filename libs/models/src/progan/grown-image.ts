/** What growing generators share (Karras et al., 2018, figure 2): an output layer for every side, and the fade from one to the next. */
import { equalizedConv2d, upsampleNearest, type Scope } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';
import { growthOf, sidesTo, type ProGanConfig } from './config.ts';
import { fade } from './fade.ts';

/**
 * `block` makes features `[batch, side, side, features]` of a side from those of the side before, which the first has not. -> images
 * of the stage's side, `[batch, side, side, channels]`. A fading stage reads schedule `alpha`: 0 is the coarser side's image,
 * enlarged, and 1 the finer one's.
 */
export function grownImage(
  scope: Scope,
  config: Pick<ProGanConfig, 'resolution' | 'startResolution' | 'channels'>,
  block: (side: number, before: tf.Tensor | undefined) => tf.Tensor,
): tf.Tensor {
  const declaring = scope.options.stage === undefined;
  const { side: last, fading } = growthOf(config, scope.options.stage);
  const image = (side: number, h: tf.Tensor): tf.Tensor =>
    scope.in(`image${side}`, (s) => equalizedConv2d(s, h, config.channels, { kernelSize: 1, gain: 1 }));
  let coarser: tf.Tensor | undefined;
  let h: tf.Tensor | undefined;
  for (const side of sidesTo(last)) {
    // Every side has an output layer, also those that the whole network does not use.
    if (h !== undefined && (declaring || (fading && side === last))) coarser = image(side / 2, h);
    h = block(side, h);
  }
  const finer = image(last, h!);
  return fading ? fade(upsampleNearest(coarser!), finer, scope.schedule('alpha')) : finer;
}
