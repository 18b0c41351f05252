/** What is random about a sample besides its place in the order, and the stream of numbers that each such thing draws from. */
import type { CommonSpec } from '../spec/data-spec.ts';

/** Streams keep the draws of a sample apart; 0 is the shuffle's. A number given here never changes, or runs could not resume. */
export const STREAMS = {
  mirror: 1,
  cropY: 2,
  cropX: 3,
  zoom: 4,
  brightness: 5,
  contrast: 6,
  saturation: 7,
  hue: 8,
} as const;

export type DrawName = keyof typeof STREAMS;

export interface Augmentation {
  readonly mirror: boolean;
  readonly crop: 'center' | 'random';
  /** Largest enlargement, from 1. */
  readonly zoom: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly hue: number;
}

/** Draws of one sample: float32 scalars in [0, 1). */
export type Draws<Draw> = Partial<Readonly<Record<DrawName, Draw>>>;

export function augmentationOf(spec: CommonSpec): Augmentation {
  const { mirror = false, crop = 'center', zoom = 1 } = spec;
  const { brightness = 0, contrast = 0, saturation = 0, hue = 0 } = spec;
  return { mirror, crop, zoom, brightness, contrast, saturation, hue };
}

/** The draws that this augmentation needs, in a fixed order. */
export function drawNames({ mirror, crop, zoom, ...colours }: Augmentation): DrawName[] {
  const needed: Record<DrawName, boolean> = {
    mirror,
    cropY: crop === 'random',
    cropX: crop === 'random',
    zoom: zoom > 1,
    brightness: colours.brightness > 0,
    contrast: colours.contrast > 0,
    saturation: colours.saturation > 0,
    hue: colours.hue > 0,
  };
  return (Object.keys(STREAMS) as DrawName[]).filter((name) => needed[name]);
}

/** All but the mirror must treat each sample by itself. */
export function isSamplewise(augmentation: Augmentation): boolean {
  return drawNames(augmentation).some((name) => name !== 'mirror');
}
