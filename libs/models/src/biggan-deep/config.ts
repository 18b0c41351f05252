/** The sizes of BigGAN-deep (Brock et al., 2019, tables 7 to 9). */
import { bigGanDefaults, discriminatorLayout, generatorLayout, type BigGanConfig } from '../biggan/config.ts';

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

/** What the models on TF Hub have, beside the sizes of the paper. */
export const bigGanDeepOnHub = (width: number) =>
  ({ imageFilters: width, epsilon: 1e-4, spectralEpsilon: 1e-4 }) as const;

/** Channels of a block's inner convolutions are this part of the wider of its ends. */
export const bottleneck = 4;

/** Filters before the first block, and of each stage: a block that keeps the side and one that doubles or halves it. */
export interface DeepLayout {
  readonly first: number;
  readonly stages: readonly number[];
}

// Stage by stage the filters are those of BigGAN's blocks.

export function deepGeneratorLayout(config: BigGanDeepConfig): DeepLayout {
  const { first, blocks } = generatorLayout({ ...config, hierarchical: false });
  return { first, stages: blocks };
}

/** `halvings`: how many of the first stages halve the side. */
export function deepDiscriminatorLayout(config: BigGanDeepConfig): DeepLayout & { halvings: number } {
  const { blocks, halvings } = discriminatorLayout({ ...config, hierarchical: false });
  const [first, ...stages] = blocks as [number, ...number[]];
  return { first, stages, halvings };
}
