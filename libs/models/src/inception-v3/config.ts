/** What differs between the Inception-v3 networks whose weights are about. */

export interface InceptionV3Config {
  readonly classes: number;
  /** Whether an average at the border counts the zeros beyond it, as PyTorch does, or divides by what is there, as TensorFlow does. */
  readonly countsPadding: boolean;
  /** The pooling branch of the last block. */
  readonly lastPool: 'average' | 'max';
}

/**
 * `torchvision`: its `inception_v3`. `pytorch-fid`: TensorFlow's graph of 2015-12-05, in which FID is published, with its 1008
 * outputs and the maximum in its last block. `keras`: `keras.applications.InceptionV3`.
 */
export const inceptionV3Variants = {
  torchvision: { classes: 1000, countsPadding: true, lastPool: 'average' },
  'pytorch-fid': { classes: 1008, countsPadding: false, lastPool: 'max' },
  keras: { classes: 1000, countsPadding: false, lastPool: 'average' },
} as const satisfies Record<string, InceptionV3Config>;

export type InceptionV3Variant = keyof typeof inceptionV3Variants;

/** Side of the images that it takes. */
export const inceptionV3Side = 299;

/** Numbers of the last pooling layer, `pool3`. */
export const inceptionV3Features = 2048;
