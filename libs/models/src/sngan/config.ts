/** The sizes of SNGAN's residual networks (Miyato et al., 2018, tables 4 and 5; with classes Miyato and Koyama, 2018). */
import { glorotUniform, scaled, type KernelOptions } from '@kiln/nn';

export interface SnGanConfig {
  /** Side of the images: 8, 16, 32, 64 or 128. */
  readonly resolution: number;
  readonly channels: number;
  /** Filters are multiples of it. */
  readonly width: number;
  /** Length of z. */
  readonly latent: number;
  /** 0: unconditional. */
  readonly numClasses: number;
}

export const snGanDefaults = { channels: 3, width: 64, latent: 128, numClasses: 0 } as const satisfies Omit<
  SnGanConfig,
  'resolution'
>;

/** In front of ReLUs, as the authors' code has it. */
export const blockKernels: KernelOptions = { kernelInitializer: scaled(Math.SQRT2, glorotUniform) };
export const otherKernels: KernelOptions = { kernelInitializer: glorotUniform };
