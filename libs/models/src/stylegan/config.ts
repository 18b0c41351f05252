/** The sizes of StyleGAN's networks, which grow as those of progressive growing do. */
import { sidesTo, type ProGanConfig } from '../progan/config.ts';

export interface StyleGanConfig extends Omit<ProGanConfig, 'latent'> {
  /** Length of w. */
  readonly features: number;
  /** 0: unconditional. Otherwise D takes labels as its second input. */
  readonly numClasses: number;
  /** Of the instance norms. */
  readonly epsilon: number;
}

/** The paper's networks for FFHQ. */
export const styleGanDefaults: StyleGanConfig = {
  resolution: 1024,
  startResolution: 8,
  channels: 3,
  features: 512,
  featureBase: 8192,
  featureMax: 512,
  stddevGroup: 4,
  numClasses: 0,
  epsilon: 1e-8,
};

/** Layers of the synthesis network up to `side`, each of which takes a w and a noise input: two a side. */
export const styleLayers = (side: number): number => 2 * sidesTo(side).length;

/** Shapes of the noise inputs up to `side`, in the order of the layers. */
export const styleNoiseShapes = (side: number): [number, number, number][] =>
  sidesTo(side).flatMap((own): [number, number, number][] => [
    [own, own, 1],
    [own, own, 1],
  ]);
