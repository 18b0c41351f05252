/** Inception-v3 with weights from a file: the extractor in whose features FID and KID are published. */
import {
  inceptionV3,
  inceptionV3Features,
  inceptionV3Side,
  inceptionV3Variants,
  type InceptionV3Variant,
} from '@kiln/models';
import { variableShapes, type Network } from '@kiln/nn';
import {
  importWeights,
  inceptionKeras,
  inceptionPyTorch,
  numberedFromZero,
  readWeights,
  WeightError,
  type Weights,
} from '@kiln/weights';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureExtractor } from './extractor.ts';
import { networkExtractor } from './network-extractor.ts';

/**
 * Names and shapes in the file say which Inception-v3 it is, and the extractor's name says so too: `inception-v3 (pytorch-fid)` is the
 * one for FIDs that are to be compared with published ones. Throws `WeightError` for a file that is none of them.
 */
export async function inceptionExtractor(weightsFile: string): Promise<FeatureExtractor> {
  const { variant, network, imported } = await readInception(weightsFile);
  const under = (kind: string): Record<string, tf.Tensor> =>
    Object.fromEntries(
      [...imported]
        .filter(([path]) => path.startsWith(kind))
        .map(([path, { shape, values }]) => [
          path.slice(kind.length),
          tf.tensor(values, [...shape], 'float32'),
        ]),
    );
  return networkExtractor({
    name: `inception-v3 (${variant})`,
    dims: inceptionV3Features,
    classes: inceptionV3Variants[variant].classes,
    resize: '8 bit, bilinear to 299x299',
    weightsFile,
    batch: 16,
    prepare: toInception,
    network,
    variables: { params: under('params/'), stats: under('stats/') },
  });
}

/** Throws what `inceptionExtractor` throws for the file, without making anything of it. */
export async function checkInceptionWeights(weightsFile: string): Promise<void> {
  await readInception(weightsFile);
}

interface ReadInception {
  readonly variant: InceptionV3Variant;
  readonly network: Network;
  readonly imported: Weights;
}

async function readInception(file: string): Promise<ReadInception> {
  const weights = await readWeights(file);
  const variant = variantOf(weights, file);
  const network = inceptionV3(inceptionV3Variants[variant]);
  return { variant, network, imported: imports(variant, weights, variableShapes(network), file) };
}

function variantOf(weights: Weights, file: string): InceptionV3Variant {
  if ([...weights.keys()].some((name) => /^conv2d(_\d+)?\//.test(name))) return 'keras';
  const classes = weights.get('fc.weight')?.shape[0];
  const variant = (['torchvision', 'pytorch-fid'] as const).find(
    (name) => inceptionV3Variants[name].classes === classes,
  );
  if (variant !== undefined && weights.has('Mixed_7c.branch_pool.conv.weight')) return variant;
  throw new WeightError(
    'mismatch',
    file,
    'is no Inception-v3 of torchvision (fc.weight [1000, 2048]), pytorch-fid (fc.weight [1008, 2048]) or Keras (conv2d, conv2d_1, ...)',
  );
}

function imports(
  variant: InceptionV3Variant,
  weights: Weights,
  shapes: ReadonlyMap<string, readonly number[]>,
  file: string,
): Weights {
  if (variant !== 'keras') return importWeights(weights, shapes, inceptionPyTorch, file);
  const units = [...shapes.keys()].flatMap((path) => /^params\/(.*)\.gain$/.exec(path)?.[1] ?? []);
  return importWeights(numberedFromZero(weights), shapes, inceptionKeras(units), file);
}

/**
 * images: `[n, height, width, 1 or 3]` in [-1, 1] -> `[n, 299, 299, 3]`. As pytorch-fid does with image files: 8 bits a number, then
 * bilinear with half-pixel centres and no filter against aliasing (PyTorch's `interpolate`, `align_corners=False`).
 */
export function toInception(images: tf.Tensor): tf.Tensor {
  const bytes = tf.clipByValue(tf.round(tf.mul(tf.add(images, 1), 127.5)), 0, 255);
  const resized = tf.image.resizeBilinear(
    bytes as tf.Tensor4D,
    [inceptionV3Side, inceptionV3Side],
    false,
    true,
  );
  const colour = images.shape[3] === 1 ? tf.tile(resized, [1, 1, 1, 3]) : resized;
  return tf.sub(tf.div(colour, 127.5), 1);
}
