/**
 * Every image of a source once, in its own order, decoded to see that it can be, and encoded as it is to be stored. The work is done
 * ahead and in parallel by tf.data; memory holds a few images, whatever the source's size.
 */
import { rawOpAsync, traceFunction } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { DatasetError } from '../errors.ts';
import { augmentationOf } from '../pipeline/augmentation.ts';
import { decodeImage } from '../pipeline/decode.ts';
import { undecodable } from '../pipeline/decode-fault.ts';
import { type DatasetIterator, iterateNumbers } from '../pipeline/dataset-graph.ts';
import { op, reshape, toFloat } from '../pipeline/ops.ts';
import { fitImages, type Placing } from '../pipeline/resize.ts';
import { upload } from '../pipeline/upload.ts';
import type { Source, Target } from '../sources/source.ts';

export type Encoding = 'keep' | 'png' | 'jpeg';

export interface EncodedOptions {
  readonly source: Source;
  readonly first: number;
  readonly end: number;
  /** Null: each image in its own size. */
  readonly target: Target | null;
  readonly channels: 1 | 3;
  readonly fit: Placing['fit'];
  /** `keep` (the file's own bytes) is for sources of files without a target. */
  readonly encoding: Encoding;
  /** Of JPEGs, 1 to 100. */
  readonly quality: number;
}

export interface EncodedExample {
  readonly index: number;
  readonly label: number;
  readonly bytes: Uint8Array;
}

export interface FaultyExample {
  readonly index: number;
  readonly fault: DatasetError;
}

export async function* encodedImages(
  options: EncodedOptions,
): AsyncGenerator<EncodedExample | FaultyExample> {
  const { source, first, end } = options;
  const arrays = source.arrays.map((array) => upload(array));
  const stage = traceFunction(
    'kiln_encode',
    (number: tf.Tensor, ...captured: tf.Tensor[]) => encodeOne(number, captured, options),
    [{ shape: [], tfDtype: DataType.int64 }],
    arrays,
  );
  let iterator: DatasetIterator | undefined;
  try {
    iterator = iterateNumbers(stage, arrays, first, end);
    await iterator.ready;
    for (let index = first; index < end; index++) {
      const drawn = await next(iterator, source, index);
      if (drawn instanceof DatasetError) {
        yield { index, fault: drawn };
        continue;
      }
      const [bytes, label] = drawn as [tf.Tensor, tf.Tensor];
      const example = {
        index,
        bytes: (await bytes.bytes())[0] as Uint8Array,
        label: (await label.data())[0] as number,
      };
      tf.dispose(drawn);
      yield example;
    }
  } finally {
    iterator?.handle.dispose();
    stage.dispose();
    tf.dispose(arrays);
  }
}

async function next(
  { handle, attrs }: DatasetIterator,
  source: Source,
  index: number,
): Promise<tf.Tensor[] | DatasetError> {
  try {
    return await rawOpAsync('IteratorGetNext', [handle], attrs, { lane: 'input' });
  } catch (cause) {
    const seen = source.kind === 'file' ? source.fault(index) : null;
    return seen ?? undecodable(source.locate(index), cause, 'leave such out with --on-bad-image skip');
  }
}

/** To the encoded image (string scalar) and its label (int32 scalar); the shape makes sure that what is kept was also decoded. */
function encodeOne(number: tf.Tensor, arrays: tf.Tensor[], options: EncodedOptions): tf.Tensor[] {
  const { source, target, channels, encoding, quality } = options;
  const one = reshape(number, [1]);
  if (source.kind === 'array') {
    const own = { height: source.size?.height ?? 1, width: source.size?.width ?? 1, channels };
    const { images, labels } = source.draw(one, arrays, target ?? own);
    return [encode(fitted(images, options, target ?? own), encoding, quality), reshape(labels, [])];
  }
  const { labels, fields } = source.lookUp(one, arrays);
  const image = source.encoded(fields.map((field) => reshape(field, [])));
  const decoded = decodeImage(image, channels);
  if (encoding === 'keep') return [image.contents, reshape(labels, []), op('Shape', [decoded])];
  const batch = op('ExpandDims', [decoded, tf.scalar(0, 'int32')]);
  return [encode(fitted(batch, options, target), encoding, quality), reshape(labels, [])];
}

/** images: [1, height, width, channels], to uint8 [height, width, channels]. */
function fitted(images: tf.Tensor, { source, fit }: EncodedOptions, target: Target | null): tf.Tensor {
  const placing = { fit, augmentation: augmentationOf({}) };
  const sized = target ? fitImages(images, source.size, target, placing) : images;
  const [, height = -1, width = -1, channels = -1] = sized.shape;
  const bytes = tf.clipByValue(op('Round', [toFloat(sized)]), 0, 255);
  const shape = target ? [height, width, channels] : null;
  const image = op('Cast', [bytes], { DstT: attr.type(DataType.uint8) });
  return shape ? reshape(image, shape) : op('Squeeze', [image], { squeeze_dims: attr.list([attr.int(0)]) });
}

function encode(image: tf.Tensor, encoding: Encoding, quality: number): tf.Tensor {
  if (encoding === 'jpeg')
    return op('EncodeJpeg', [image], { quality: attr.int(quality), optimize_size: attr.bool(true) });
  return op('EncodePng', [image], { compression: attr.int(9) });
}
