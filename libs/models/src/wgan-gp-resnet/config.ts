/** The sizes of the residual networks of WGAN-GP (Gulrajani et al., 2017, appendix F, and their code for 64x64). */
import { glorotUniform, scaled, type KernelOptions } from '@kiln/nn';
import type { DiscriminatorWidths } from '../residual/layouts.ts';

export interface WganGpConfig {
  /** Side of the images: 8, 16, 32 or 64. */
  readonly resolution: number;
  readonly channels: number;
  /** Filters are multiples of it. */
  readonly width: number;
  /** Length of z. */
  readonly latent: number;
}

export const wganGpDefaults = { channels: 3, width: 64, latent: 128 } as const satisfies Omit<
  WganGpConfig,
  'resolution'
>;

/** Filters of G in multiples of the width: at its first map, 4x4, and after each block, which doubles the side. */
export const generatorWidths: Readonly<Record<number, readonly number[]>> = {
  64: [8, 8, 4, 2, 1],
  32: [2, 2, 2, 2],
  16: [2, 2, 2],
  8: [2, 2],
};

/** Of the critic; at 64 those of its blocks after the first convolution. */
export const criticWidths: Readonly<Record<number, DiscriminatorWidths>> = {
  64: { widths: [2, 4, 8, 8], halvings: 4 },
  32: { widths: [2, 2, 2, 2], halvings: 2 },
  16: { widths: [2, 2, 2, 2], halvings: 2 },
  8: { widths: [2, 2, 2], halvings: 1 },
};

/** He et al. (2015) with a uniform distribution and the mean of both fans, as the authors' code has it in front of ReLUs. */
export const blockKernels: KernelOptions = { kernelInitializer: scaled(Math.SQRT2, glorotUniform) };
export const otherKernels: KernelOptions = { kernelInitializer: glorotUniform };

/** The layout for 64x64 has layer norm in its critic, and no bias in front of a norm. */
export const isLayerNormed = ({ resolution }: WganGpConfig): boolean => resolution === 64;
