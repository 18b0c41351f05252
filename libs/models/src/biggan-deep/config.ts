/** The sizes of BigGAN-deep (Brock et al., 2019, tables 7 to 9). */
import type { KernelOptions } from '@kiln/nn';
import { bigGanDefaults, bigGanKernels, type BigGanConfig } from '../biggan/config.ts';

export interface BigGanDeepConfig extends Omit<BigGanConfig, 'hierarchical'> {
  /**
   * Channels that G's last convolution makes; those beyond `channels` are thrown away. 0: none beyond, as in table 9. The
   * models on TF Hub make as many as the width, all of which count in that kernel's spectral norm.
   */
  readonly imageFilters: number;
}

const { hierarchical: _, ...shared } = bigGanDefaults;

export const bigGanDeepDefaults = {
  ...shared,
  width: 128,
  latent: 128,
  imageFilters: 0,
} as const satisfies Omit<BigGanDeepConfig, 'resolution'>;

/** Channels of a block's inner convolutions are this part of the wider of its ends. */
export const bottleneck = 4;

/** Filters of G in multiples of the width: at 4x4 and after each doubling of the side. */
const generatorWidths: Readonly<Record<number, readonly number[]>> = {
  512: [16, 16, 8, 8, 4, 2, 1, 1],
  256: [16, 16, 8, 8, 4, 2, 1],
  128: [16, 16, 8, 4, 2, 1],
  64: [16, 16, 8, 4, 2],
  32: [4, 4, 4, 4],
};

/** Filters of D after its first convolution and after each halving of the side. */
const discriminatorWidths: Readonly<Record<number, readonly number[]>> = {
  512: [1, 1, 2, 4, 8, 8, 16, 16],
  256: [1, 2, 4, 8, 8, 16, 16],
  128: [1, 2, 4, 8, 16, 16],
  64: [1, 2, 4, 8, 16],
  32: [4, 4, 4, 4],
};

export const bigGanDeepResolutions = Object.keys(generatorWidths).map(Number);

export interface DeepLayout {
  /** Filters before the first block. */
  readonly first: number;
  /** Filters of each stage: a block that keeps the side and one that doubles or halves it. */
  readonly stages: readonly number[];
}

function layoutOf(table: typeof generatorWidths, { resolution, width }: BigGanDeepConfig): DeepLayout {
  const widths = table[resolution];
  if (widths === undefined)
    throw new RangeError(
      `BigGAN-deep is laid out for images of side ${bigGanDeepResolutions.join(', ')}, got ${resolution}; resize the data`,
    );
  const [first, ...stages] = widths.map((times) => times * width);
  return { first: first!, stages };
}

export const deepGeneratorLayout = (config: BigGanDeepConfig): DeepLayout =>
  layoutOf(generatorWidths, config);

export const deepDiscriminatorLayout = (config: BigGanDeepConfig): DeepLayout =>
  layoutOf(discriminatorWidths, config);

export const deepKernels = (config: BigGanDeepConfig): KernelOptions => bigGanKernels(config);
