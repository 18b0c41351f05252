/** Bounds on what a file may ask of memory; each is checked on declared sizes, before anything is allocated or decoded. */

/** Largest array held in memory by the sources that hold one (IDX, CIFAR-10). */
export const MAX_ARRAY_BYTES = 2 ** 31;

export interface ImageLimits {
  /** Largest image decoded. */
  readonly maxPixels: number;
  /** Decoded bytes for each byte of the file, above `EXPANSION_FREE_PIXELS`. */
  readonly maxExpansion: number;
}

/** 5,792 x 5,792 pixels, or 100 MB as RGB. Photographs expand about 50-fold; deflate's limit is 1,032. */
export const STANDARD_LIMITS: ImageLimits = { maxPixels: 2 ** 25, maxExpansion: 500 };

/** The standard ones, as far as a specification does not set others. */
export function limitsOf(spec: Partial<ImageLimits>): ImageLimits {
  const { maxPixels = STANDARD_LIMITS.maxPixels, maxExpansion = STANDARD_LIMITS.maxExpansion } = spec;
  return { maxPixels, maxExpansion };
}

/** Up to this size an image may expand as it likes: a blank picture legitimately does. */
export const EXPANSION_FREE_PIXELS = 2 ** 22;

/** Largest single TFRecord. */
export const MAX_RECORD_BYTES = 2 ** 28;

/** Labels are from 0 to one less. */
export const MAX_CLASSES = 1 << 20;

/** Sample numbers travel as int32. */
export const MAX_EXAMPLES = 2 ** 31 - 1;

/** How deep below a class folder images are looked for. */
export const MAX_FOLDER_DEPTH = 8;
