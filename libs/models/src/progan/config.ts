/** The sizes of progressively grown networks, and which of their layers a stage uses. */

export interface ProGanConfig {
  /** Side of the full images, pixels: 4 times a power of two. */
  readonly resolution: number;
  /** Side at which training begins. */
  readonly startResolution: number;
  /** Image channels: 1 grey, 3 colour. */
  readonly channels: number;
  /** Length of z. */
  readonly latent: number;
  /** Features of a layer at side s are `2 * featureBase / s`, at most `featureMax` (Karras et al., 2018, table 2). */
  readonly featureBase: number;
  readonly featureMax: number;
  /** Samples that D compares with each other, at most. */
  readonly stddevGroup: number;
}

/** The paper's networks for CelebA-HQ. */
export const proGanDefaults: ProGanConfig = {
  resolution: 1024,
  startResolution: 4,
  channels: 3,
  latent: 512,
  featureBase: 8192,
  featureMax: 512,
  stddevGroup: 4,
};

export const smallestSide = 4;

/** Throws `RangeError` for sides that do not double from 4 on. */
export function checkSides({
  resolution,
  startResolution,
}: Pick<ProGanConfig, 'resolution' | 'startResolution'>): void {
  const isSide = (side: number): boolean => side >= smallestSide && Number.isInteger(Math.log2(side));
  if (isSide(resolution) && isSide(startResolution) && startResolution <= resolution) return;
  throw new RangeError(
    `a growing network has sides 4, 8, 16, ...: got ${resolution}, starting at ${startResolution}; choose data of such a resolution`,
  );
}

export function featuresAt(
  { featureBase, featureMax }: Pick<ProGanConfig, 'featureBase' | 'featureMax'>,
  side: number,
): number {
  return Math.max(1, Math.min(featureMax, Math.floor((2 * featureBase) / side)));
}

/** Sides from 4 to `last`. */
export function sidesTo(last: number): number[] {
  return Array.from({ length: Math.log2(last) - 1 }, (_, index) => smallestSide * 2 ** index);
}

export interface Growth {
  /** Of the images of the stage. */
  readonly side: number;
  /** Whether the layers of this side are being faded in. */
  readonly fading: boolean;
}

/**
 * Stage 0 holds the first side, stage 1 fades the next one in, stage 2 holds it, and so on. Without a stage the whole
 * network is meant.
 */
export function growthOf(
  { resolution, startResolution }: Pick<ProGanConfig, 'resolution' | 'startResolution'>,
  stage: number | undefined,
): Growth {
  if (stage === undefined) return { side: resolution, fading: false };
  const side = startResolution * 2 ** Math.ceil(stage / 2);
  if (side > resolution)
    throw new RangeError(`stage ${stage} has side ${side}, but the network ends at ${resolution}`);
  return { side, fading: stage % 2 === 1 };
}
