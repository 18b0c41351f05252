/** Decodes one PNG or JPEG in the graph, behind a guard that holds even when a file changed after its header was checked. */
import { conditional } from '@kiln/engine';
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { MAX_IMAGE_PIXELS } from '../limits.ts';
import { ensureShape, ints, op, reshape, slice } from './ops.ts';

const PNG_MAGIC = 0x89504e47 | 0;

/** Encoded bytes (string scalar) to uint8 [1, height, width, channels]. */
export function decodeImage(contents: tf.Tensor, channels: 1 | 3): tf.Tensor {
  const image = op('DecodeImage', [guarded(contents)], {
    channels: attr.int(channels),
    dtype: attr.type(DataType.uint8),
    expand_animations: attr.bool(false),
  });
  return op('ExpandDims', [ensureShape(image, [-1, -1, channels]), tf.scalar(0, 'int32')]);
}

/**
 * The bytes unchanged when they are a PNG or JPEG of acceptable size; otherwise an error, or no bytes, which the decoder
 * refuses. Only the graph's data flow is used: an assertion would need control edges. Keeps the decoders of other formats
 * out of reach as well.
 */
function guarded(contents: tf.Tensor): tf.Tensor {
  const zero = tf.scalar(0, 'int32');
  // Big-endian words: 0 is the magic, 4 and 5 are a PNG's width and height.
  const words = op('DecodeRaw', [op('Substr', [contents, zero, tf.scalar(24, 'int32')])], {
    out_type: attr.type(DataType.int32),
    little_endian: attr.bool(false),
  });
  const size = conditional(
    tf.equal(reshape(slice(words, [0], [1]), []), tf.scalar(PNG_MAGIC, 'int32')),
    (words: tf.Tensor) => [slice(words, [4], [2])],
    (_words: tf.Tensor, contents: tf.Tensor) => [
      slice(op('ExtractJpegShape', [contents], { output_type: attr.type(DataType.int32) }), [0], [2]),
    ],
    [words, contents],
  )[0] as tf.Tensor;
  // As floats: the product of two large int32 would wrap around.
  const pixels = tf.prod(tf.cast(reshape(size, [2]), 'float32'));
  const fits = tf.logicalAnd(tf.lessEqual(pixels, MAX_IMAGE_PIXELS), tf.greater(tf.min(size), 0));
  const length = op('SelectV2', [fits, ints(2 ** 31 - 1), ints(0)]);
  return op('Substr', [contents, zero, reshape(length, [])]);
}
