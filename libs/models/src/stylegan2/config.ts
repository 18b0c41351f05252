/** The sizes of StyleGAN2's networks. */
import { smallestSide } from '../progan/config.ts';

export interface StyleGan2Config {
  /** Side of the images, pixels: 4 times a power of two. */
  readonly resolution: number;
  /** Image channels: 1 grey, 3 colour. */
  readonly channels: number;
  /** Length of w. */
  readonly features: number;
  /** Features of a layer at side s are `2 * featureBase / s`, at most `featureMax`. */
  readonly featureBase: number;
  readonly featureMax: number;
  /** Samples that D compares with each other, at most. */
  readonly stddevGroup: number;
  /** 0: unconditional. Otherwise D takes labels as its second input. */
  readonly numClasses: number;
  /** Fully connected layers between the class and the vector that D projects on. */
  readonly classLayers: number;
}

/** Configuration F of the paper, for FFHQ. */
export const styleGan2Defaults: StyleGan2Config = {
  resolution: 1024,
  channels: 3,
  features: 512,
  featureBase: 16_384,
  featureMax: 512,
  stddevGroup: 4,
  numClasses: 0,
  classLayers: 8,
};

/** Layers of the synthesis network that take a w: a convolution and an output layer at side 4, one more at each further side. */
export const numStyles = (resolution: number): number => 2 * Math.log2(resolution) - 2;

/** Throws `RangeError` for a side that is not 4, 8, 16, … */
export function checkSide(resolution: number): void {
  if (resolution >= smallestSide && Number.isInteger(Math.log2(resolution))) return;
  throw new RangeError(
    `StyleGAN2 makes images of sides 4, 8, 16, ...: got ${resolution}; choose data of such a resolution`,
  );
}
