/** What a user asks for: a source, where it is, and how its images are to come out. Plain JSON, kept in the run's configuration. */

export interface CommonSpec {
  /** Side of the square images that come out. Default: the images' own size, when they all share one. */
  readonly resolution?: number;
  /** 1 (grey) or 3 (colour). Default: the source's own. */
  readonly channels?: 1 | 3;
  /** Use only the examples [first, end), in the source's order. */
  readonly range?: readonly [first: number, end: number];
  /** Mirror each sample left to right with probability one half. Default false. */
  readonly mirror?: boolean;
  /** How many unusable samples may be replaced by their next usable neighbour. Default 0: the first one is an error. */
  readonly skipBad?: number;
  /** Refuse the source when it does not hold exactly this many examples; notices a truncated set. */
  readonly numExamples?: number;
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

/** PNG and JPEG files; each sub-folder is a class. */
export interface FolderSpec extends CommonSpec {
  readonly source: 'folder';
  readonly path: string;
}

/** `tf.train.Example` records with an encoded PNG or JPEG each: one file, or every `*.tfrecord*` file of a folder. */
export interface TfrecordSpec extends CommonSpec {
  readonly source: 'tfrecord';
  readonly path: string;
  /** Feature with the encoded image. Default `image`. */
  readonly imageKey?: string;
  /** Feature with the integer label. Default `label`; absent from every record means unlabelled. */
  readonly labelKey?: string;
}

/** Drawn on the fly: a circle, square, triangle, cross or ring in random colours, place, size and rotation. */
export interface ShapesSpec extends CommonSpec {
  readonly source: 'shapes';
  /** How many different pictures there are. Default 10,000. */
  readonly n?: number;
  /** Which pictures they are. Default 0. */
  readonly seed?: number;
}

export type DataSpec = IdxSpec | Cifar10Spec | FolderSpec | TfrecordSpec | ShapesSpec;
export type SourceName = DataSpec['source'];
