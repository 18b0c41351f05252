/** What a user asks for: a source, where it is, and how its images are to come out. Plain JSON, kept in the run's configuration. */

export interface CommonSpec {
  /** Side of the square images that come out, or their width and height. Default: the images' own size, when they all share one. */
  readonly resolution?: number | readonly [width: number, height: number];
  /** How an image of other proportions is brought to it: cut, bordered with black, or distorted. Default `crop`. */
  readonly fit?: 'crop' | 'pad' | 'stretch';
  /** 1 (grey) or 3 (colour). Default: the source's own. */
  readonly channels?: 1 | 3;
  /** Use only the examples [first, end), in the source's order. */
  readonly range?: readonly [first: number, end: number];
  /** Which part is kept of what does not fit. Default `center`. */
  readonly crop?: 'center' | 'random';
  /** Enlarge each sample by a random factor from 1 to this, before the crop. Default 1. */
  readonly zoom?: number;
  /** Mirror each sample left to right with probability one half. Default false. */
  readonly mirror?: boolean;
  /** Add up to so much of the range from black to white, up or down. Default 0. */
  readonly brightness?: number;
  /** Scale the distance to the mean colour by 1 - this to 1 + this. Default 0. */
  readonly contrast?: number;
  /** Scale the saturation (HSV) by 1 - this to 1 + this. Default 0. */
  readonly saturation?: number;
  /** Turn the hue by up to so much of the colour circle, either way. Default 0. */
  readonly hue?: number;
  /** How many unusable samples may be replaced by their next usable neighbour. Default 0: the first one is an error. */
  readonly skipBad?: number;
  /** Refuse the source when it does not hold exactly this many examples; notices a truncated set. */
  readonly numExamples?: number;
}

/** What sources of encoded images refuse from the header, before anything is decoded. */
export interface LimitsSpec {
  /** Largest image, in pixels. Default 2^25. */
  readonly maxPixels?: number;
  /** Decoded bytes for each byte of the file, of images above 2^22 pixels. Default 500. */
  readonly maxExpansion?: number;
}

/** An IDX images file with an optional labels file, plain or gzip-compressed, both inside `path`. */
export interface IdxSpec extends CommonSpec {
  readonly source: 'idx';
  readonly path: string;
  readonly images: string;
  readonly labels?: string;
}

/** The binary version of CIFAR-10: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`. */
export interface Cifar10Spec extends CommonSpec {
  readonly source: 'cifar10';
  readonly path: string;
  /** Default `train`. */
  readonly split?: 'train' | 'test';
}

/** PNG, JPEG, GIF and WebP files; each sub-folder is a class, unless `labels` says otherwise. */
export interface FolderSpec extends CommonSpec, LimitsSpec {
  readonly source: 'folder';
  readonly path: string;
  /** A CSV or JSON file with the label of each image, absolute or relative to `path`. */
  readonly labels?: string;
}

/** `tf.train.Example` records with an encoded image each: one file, or every `*.tfrecord*` file of a folder. */
export interface TfrecordSpec extends CommonSpec, LimitsSpec {
  readonly source: 'tfrecord';
  readonly path: string;
  /** Feature with the encoded image. Default `image`. */
  readonly imageKey?: string;
  /** Feature with the integer label. Default `label`; absent from every record means unlabelled. */
  readonly labelKey?: string;
}

/** A folder that `kiln dataset pack` wrote. */
export interface PackedSpec extends CommonSpec, LimitsSpec {
  readonly source: 'packed';
  readonly path: string;
}

/** Drawn on the fly: a circle, square, triangle, cross or ring in random colours, place, size and rotation. */
export interface ShapesSpec extends CommonSpec {
  readonly source: 'shapes';
  /** How many different pictures there are. Default 10,000. */
  readonly n?: number;
  /** Which pictures they are. Default 0. */
  readonly seed?: number;
}

export function sizeOf(resolution: NonNullable<CommonSpec['resolution']>): { height: number; width: number } {
  const [width, height] = typeof resolution === 'number' ? [resolution, resolution] : resolution;
  return { height, width };
}

export type DataSpec = IdxSpec | Cifar10Spec | FolderSpec | TfrecordSpec | PackedSpec | ShapesSpec;
export type SourceName = DataSpec['source'];
