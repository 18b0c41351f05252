/** Equalised learning rate (Karras et al., 2018, section 4.1): He's constant is applied at run time, not at the start. */
import * as tf from '@tensorflow/tfjs-core';
import { fans } from '../initializers.ts';
import type { Parametrization } from './parametrization.ts';

export interface EqualizedOptions {
  /** sqrt(2) keeps the variance of a ReLU network; StyleGAN2, whose activations carry the gain themselves, has 1. */
  gain?: number;
  /** StyleGAN's mapping network learns at 0.01 of the rate: its stored kernels are larger by 1 / 0.01. */
  lrMultiplier?: number;
}

/**
 * The stored kernel, drawn from N(0, 1 / lrMultiplier^2), times gain · lrMultiplier / sqrt(fanIn): an optimiser that
 * normalises its steps then moves all kernels at one relative rate.
 */
export const equalized =
  ({ gain = Math.SQRT2, lrMultiplier = 1 }: EqualizedOptions = {}): Parametrization =>
  (_, kernel, outputAxis) =>
    tf.mul(kernel, (gain * lrMultiplier) / Math.sqrt(fanInOf(kernel.shape, outputAxis)));

const fanInOf = (shape: number[], outputAxis: number): number =>
  fans(shape.toSpliced(outputAxis, 1).concat(shape[outputAxis]!)).fanIn;
