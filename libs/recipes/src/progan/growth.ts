/** The schedule of progressive growing (Karras et al., 2018, appendix A.1): each side is faded in, then held. */
import type { Stage } from '../stage.ts';

/** What changes with the side, for large images. */
export interface BySide {
  /** Largest global batch from a side on, such as `{ 64: 32 }`. */
  readonly maxBatches?: Readonly<Record<number, number>>;
  /** Multiplies the learning rates from a side on. */
  readonly rates?: Readonly<Record<number, number>>;
}

export interface GrowthOptions extends BySide {
  readonly startResolution: number;
  readonly resolution: number;
  /** Thousands of images for which a side is held before the next one. */
  readonly holdKimg: number;
  /** Thousands of images over which a side is faded in. */
  readonly fadeKimg: number;
}

export interface GrowthSchedule {
  /** Stage 0 holds the first side, stage 1 fades the next one in, stage 2 holds it, and so on. */
  readonly stages: readonly Stage[];
  /** Share of the side being faded in; 1 while a side is held. */
  alpha(images: number): number;
  /** Of the images of the stage. */
  side(images: number): number;
  /** `base`, as the side changes it. */
  learningRate(images: number, base: number): number;
}

export function growthSchedule(options: GrowthOptions): GrowthSchedule {
  const { startResolution, resolution, holdKimg, fadeKimg, maxBatches = {}, rates = {} } = options;
  const doublings = Math.log2(resolution / startResolution);
  const sideOf = (stage: number): number => startResolution * 2 ** Math.ceil(stage / 2);
  const fromKimg = (stage: number): number =>
    Math.ceil(stage / 2) * holdKimg + Math.floor(stage / 2) * fadeKimg;
  const stages = Array.from({ length: 2 * doublings + 1 }, (_, stage): Stage => {
    const side = sideOf(stage);
    const limits = Object.entries(maxBatches).filter(([from]) => Number(from) <= side);
    const maxBatch = Math.min(...limits.map(([, batch]) => batch));
    return {
      name: `${side}x${side}${stage % 2 === 1 ? ' fading in' : ''}`,
      fromKimg: fromKimg(stage),
      resetOptimizers: true,
      ...(limits.length === 0 ? {} : { maxBatch }),
    };
  });
  const rateAt = (side: number): number =>
    rates[
      Math.max(
        ...Object.keys(rates)
          .map(Number)
          .filter((from) => from <= side),
      )
    ] ?? 1;
  const stageAt = (images: number): number =>
    stages.findLastIndex((stage) => stage.fromKimg * 1000 <= images);
  return {
    stages,
    alpha: (images) => {
      const stage = stageAt(images);
      return stage % 2 === 0 ? 1 : (images / 1000 - fromKimg(stage)) / fadeKimg;
    },
    side: (images) => sideOf(stageAt(images)),
    learningRate: (images, base) => base * rateAt(sideOf(stageAt(images))),
  };
}
