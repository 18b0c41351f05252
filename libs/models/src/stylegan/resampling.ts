/** Convolutions that change the side as StyleGAN does (Karras et al., 2019, section 2 and appendix C), with a blur at the larger side. */
import { blur, equalizedConv2d, type Scope } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';

/** Of a layer that is followed by a LeakyReLU (He et al., 2015). */
const gain = Math.SQRT2;
/** With it a zero inserted is a pixel repeated, and every second pixel kept a pair averaged. */
const box = [1, 1] as const;

/** x: `[batch, side, side, in]` -> `[batch, 2 side, 2 side, features]`: pixels repeated, convolved, blurred; without a bias. */
export function convolveDoubled(scope: Scope, x: tf.Tensor, features: number): tf.Tensor {
  // As a transposed convolution: a quarter of the products.
  return blur(
    equalizedConv2d(scope, x, features, { kernelSize: 3, gain, bias: false, resample: 'up', taps: box }),
  );
}

/** x: `[batch, side, side, in]` -> `[batch, side / 2, side / 2, features]`: blurred, convolved, averaged. */
export function convolveHalved(scope: Scope, x: tf.Tensor, features: number): tf.Tensor {
  // Averaged first, which commutes: a quarter of the products.
  return equalizedConv2d(scope, blur(x), features, { kernelSize: 3, gain, resample: 'down', taps: box });
}
