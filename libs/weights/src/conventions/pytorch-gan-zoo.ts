/** Names and layouts of facebookresearch/pytorch_GAN_zoo: G and D of its ProgressiveGAN. */
import type { Convention, Counterpart, Shapes } from '../convention.ts';
import { convolution, linear, linearOfMap, same, type Layout } from '../layout.ts';
import type { Weights } from '../weights.ts';
import { sideMismatch } from './image-side.ts';

export interface PyTorchGanZooOptions {
  readonly network: 'G' | 'D';
  /** Side of the images. */
  readonly resolution: number;
  /** Of the network's variables: a bias is stored by the size of its kernel. */
  readonly shapes: Shapes;
}

/** Samples that its D compares with each other. */
export const ganZooStddevGroup = 4;
const area = 16;
export const firstBias = 'formatLayer.module.bias';

/**
 * What differs there: He's constant multiplies a layer's sum with its bias, so that biases are divided by it, and is that of a
 * LeakyReLU also where none follows, in the layers of images and logits. The first layer lacks the factor 1/4 and has a bias for every pixel
 * and feature where the paper's has one for every feature: written 16 times, read as their mean, which is not the same network when
 * they differ. D divides variances by n - 1, which is in the kernel that sees their root, and compares samples that follow each
 * other where the paper takes every M-th of M groups. While a side fades in, its alpha is the share of the side before, and D does not
 * fade 8x8 in. The same are slope, pixel norm and its epsilon, the ways to double and halve a side, the linear image, a layer of
 * images for every side, and the order of growth, from which its numbers of scales count.
 */
export function pytorchGanZoo({ network, resolution, shapes }: PyTorchGanZooOptions): Convention {
  const images = network === 'G' ? 'toRGBLayers' : 'fromRGBLayers';
  const scales = {
    pattern: new RegExp(`^${images}\\.(\\d+)\\.module\\.bias$`),
    sideOf: (scale: number) => 4 * 2 ** scale,
  };
  return {
    counterpart: (path, shape) => {
      const [, layer = '', leaf = ''] = /^params\/(.*)\.(kernel|bias)$/.exec(path) ?? [];
      const name = network === 'G' ? nameInG(layer) : nameInD(layer);
      const kernel = shapes.get(`params/${layer}.kernel`);
      if (name === null || kernel === undefined) return null;
      if (leaf === 'kernel') return { name: `${name}.module.weight`, ...kernelOf(network, layer, shape) };
      const fanIn = kernel.slice(0, -1).reduce((product, size) => product * size, 1);
      const layout = layer === 'block4.project' ? everyPixel(shape) : same(shape);
      return { name: `${name}.module.bias`, layout, scale: Math.sqrt(fanIn / 2) };
    },
    mismatch: (theirs) =>
      otherNetwork(theirs, network) ??
      sideMismatch(theirs, scales, resolution) ??
      (network === 'D' ? withoutStddev(theirs) : null),
  };
}

const scaleOf = (side: string): number => Math.log2(Number(side)) - 2;

/** `block8.conv1` of either network. */
function nameInBoth(layer: string): string | null {
  const [, side, number] = /^block(\d+)\.conv([12])$/.exec(layer) ?? [];
  return side === undefined ? null : `scaleLayers.${scaleOf(side) - 1}.${Number(number) - 1}`;
}

function nameInG(layer: string): string | null {
  const [, side] = /^image(\d+)$/.exec(layer) ?? [];
  if (side !== undefined) return `toRGBLayers.${scaleOf(side)}`;
  if (layer === 'block4.project') return 'formatLayer';
  return layer === 'block4.conv' ? 'groupScale0.0' : nameInBoth(layer);
}

function nameInD(layer: string): string | null {
  const [, side] = /^image(\d+)$/.exec(layer) ?? [];
  if (side !== undefined) return `fromRGBLayers.${scaleOf(side)}`;
  if (layer === 'block4.conv') return 'groupScaleZero.0';
  if (layer === 'block4.hidden') return 'groupScaleZero.1';
  return layer === 'block4.logit' ? 'decisionLayer' : nameInBoth(layer);
}

function kernelOf(network: 'G' | 'D', layer: string, shape: readonly number[]): Omit<Counterpart, 'name'> {
  if (layer === 'block4.project') return { layout: mapOfCode(shape), scale: 1 / 4 };
  if (layer === 'block4.logit') return { layout: linear(shape), scale: Math.SQRT1_2 };
  if (layer === 'block4.hidden') return { layout: linearOfMap(shape) };
  const layout = convolution(shape);
  if (network === 'G' && layer.startsWith('image')) return { layout, scale: Math.SQRT1_2 };
  if (network === 'G' || layer !== 'block4.conv') return { layout };
  // The last map is of the deviations, which are larger there.
  const [, , maps, features] = shape as [number, number, number, number];
  const smaller = Math.sqrt((ganZooStddevGroup - 1) / ganZooStddevGroup);
  return { layout, scale: (index) => (Math.floor(index / features) % maps === maps - 1 ? smaller : 1) };
}

/** `[latent, 4 * 4 * features]`, pixel by pixel, to `[features * 4 * 4, latent]`. */
const mapOfCode = ([latent, outputs]: readonly number[]): Layout => ({
  view: [latent!, 4, 4, outputs! / area],
  order: [3, 1, 2, 0],
  theirs: [outputs!, latent!],
});

const everyPixel = (shape: readonly number[]): Layout => ({
  ...same(shape),
  theirs: [shape[0]! * area],
  repeats: area,
});

/** Why this is no G or D of ProgressiveGAN, such as the other network or the StyleGAN beside it. */
function otherNetwork(theirs: Weights, network: 'G' | 'D'): string | null {
  const needed = { G: 'formatLayer.module.weight', D: 'decisionLayer.module.weight' };
  if (theirs.has(needed[network])) return null;
  const has = (name: string): boolean => theirs.has(name);
  const found = has(needed.G)
    ? 'is a G'
    : has('mapping.FC.0.module.weight')
      ? 'is a G of StyleGAN'
      : has(needed.D)
        ? 'is a D'
        : `begins with "${[...theirs.keys()][0]}"`;
  return `${found}; expected a ${network} of ProgressiveGAN, which has "${needed[network]}"`;
}

function withoutStddev(theirs: Weights): string | null {
  const [features, maps] = theirs.get('groupScaleZero.0.module.weight')?.shape ?? [];
  return features !== undefined && features === maps
    ? 'is of a D that does not compare the samples of a batch, expected one with miniBatchStdDev'
    : null;
}
