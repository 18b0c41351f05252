/** The sizes of SAGAN (Zhang et al., 2019): SNGAN's layout with attention, spectrally normalised in both networks. */
import { glorotUniform, spectralNorm, type KernelOptions } from '@kiln/nn';
import type { SnGanConfig } from '../sngan/index.ts';

export interface SaGanConfig extends SnGanConfig {
  /** Sides at which both networks attend; the filters there must be divisible by 8. */
  readonly attention: readonly number[];
}

export const saGanDefaults = {
  channels: 3,
  width: 64,
  latent: 128,
  numClasses: 1000,
  attention: [32],
} as const satisfies Omit<SaGanConfig, 'resolution'>;

export const saGanKernels = (): KernelOptions => ({
  kernelInitializer: glorotUniform,
  parametrization: spectralNorm(),
});
