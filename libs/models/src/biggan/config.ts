/** The sizes of BigGAN (Brock et al., 2019, tables 4 to 6): everything that follows from the resolution is here. */
import { layoutFor, type DiscriminatorWidths } from '../residual/layouts.ts';
import { orthogonal, spectralNorm, type KernelOptions } from '@kiln/nn';

export interface BigGanConfig {
  /** Side of the images: one of `bigGanResolutions`. */
  readonly resolution: number;
  readonly channels: number;
  /** `ch` of the paper: filters are multiples of it. */
  readonly width: number;
  /** Length of z as asked for; a hierarchical z is cut to equal parts, see `latentSize`. */
  readonly latent: number;
  /** Length of the class embedding that all layers of G share. */
  readonly embedding: number;
  readonly numClasses: number;
  /** Give each block of G a part of z of its own. */
  readonly hierarchical: boolean;
  /** Sides at which a self-attention follows the block; `width` times the filters there must be divisible by 8. */
  readonly attention: readonly number[];
  /** Of the batch normalisations. */
  readonly epsilon: number;
  /** Of the power iteration. */
  readonly spectralEpsilon: number;
}

export const bigGanDefaults = {
  channels: 3,
  width: 96,
  latent: 120,
  embedding: 128,
  numClasses: 1000,
  hierarchical: true,
  attention: [64],
  epsilon: 1e-5,
  spectralEpsilon: 1e-12,
} as const satisfies Omit<BigGanConfig, 'resolution'>;

/** Filters of G in multiples of the width: at its first map, 4x4, and after each block, which doubles the side. */
const generatorWidths: Readonly<Record<number, readonly number[]>> = {
  512: [16, 16, 8, 8, 4, 2, 1, 1],
  256: [16, 16, 8, 8, 4, 2, 1],
  128: [16, 16, 8, 4, 2, 1],
  64: [16, 16, 8, 4, 2],
  32: [4, 4, 4, 4],
  16: [4, 4, 4],
  8: [4, 4],
};

/** Filters of D after each block, and how many of the first blocks halve the side. */
const discriminatorWidths: Readonly<Record<number, DiscriminatorWidths>> = {
  512: { widths: [1, 1, 2, 4, 8, 8, 16, 16], halvings: 7 },
  256: { widths: [1, 2, 4, 8, 8, 16, 16], halvings: 6 },
  128: { widths: [1, 2, 4, 8, 16, 16], halvings: 5 },
  64: { widths: [1, 2, 4, 8, 16], halvings: 4 },
  32: { widths: [4, 4, 4, 4], halvings: 2 },
  16: { widths: [4, 4, 4, 4], halvings: 2 },
  8: { widths: [4, 4, 4], halvings: 1 },
};

export const bigGanResolutions = Object.keys(generatorWidths).map(Number);

export interface GeneratorLayout {
  /** Filters of the first map. */
  readonly first: number;
  /** Filters after each block. */
  readonly blocks: readonly number[];
}

export function generatorLayout(config: BigGanConfig): GeneratorLayout {
  const [first, ...blocks] = layoutFor('BigGAN', generatorWidths, config.resolution).map(
    (times) => times * config.width,
  );
  return { first: first!, blocks };
}

export function discriminatorLayout(config: BigGanConfig): { blocks: readonly number[]; halvings: number } {
  const { widths, halvings } = layoutFor('BigGAN', discriminatorWidths, config.resolution);
  return { blocks: widths.map((times) => times * config.width), halvings };
}

/** Parts of z: the first feeds the linear layer, one each the blocks; one for all when z is not hierarchical. */
export const latentParts = (config: BigGanConfig): number =>
  config.hierarchical ? generatorLayout(config).blocks.length + 1 : 1;

/** Length of z: `latent`, without what does not divide into equal parts. */
export const latentSize = (config: BigGanConfig): number =>
  Math.floor(config.latent / latentParts(config)) * latentParts(config);

/** Every kernel starts orthogonal and is used spectrally normalised. */
export const bigGanKernels = ({ spectralEpsilon }: Pick<BigGanConfig, 'spectralEpsilon'>): KernelOptions => ({
  kernelInitializer: orthogonal(),
  parametrization: spectralNorm({ epsilon: spectralEpsilon }),
});
