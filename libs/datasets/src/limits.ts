/** Bounds on what a file may ask of memory; each is checked on declared sizes, before anything is allocated or decoded. */

/** Largest array held in memory by the sources that hold one (IDX, CIFAR-10). */
export const MAX_ARRAY_BYTES = 2 ** 31;

/** Largest image decoded: 5,792 x 5,792, or 100 MB as RGB. */
export const MAX_IMAGE_PIXELS = 2 ** 25;

/** Above this size an image must also not expand by more than `MAX_EXPANSION`; below it a blank picture legitimately does. */
export const EXPANSION_FREE_PIXELS = 2 ** 22;

/** Decoded bytes for each byte of the file. Photographs reach about 50; deflate's limit is 1,032. */
export const MAX_EXPANSION = 500;

/** Largest single TFRecord. */
export const MAX_RECORD_BYTES = 2 ** 28;

/** Sample numbers travel as int32. */
export const MAX_EXAMPLES = 2 ** 31 - 1;

/** How deep below a class folder images are looked for. */
export const MAX_FOLDER_DEPTH = 8;
