/** Decodes one PNG or JPEG in the graph. Its header was checked on the host, so nothing else and nothing huge gets here. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { ensureShape, op, toInt32 } from './ops.ts';

/** Encoded bytes (string scalar) to uint8 [height, width, channels]. */
export function decodeImage(contents: tf.Tensor, channels: 1 | 3): tf.Tensor {
  const image = op('DecodeImage', [contents], {
    channels: attr.int(channels),
    dtype: attr.type(DataType.uint8),
    expand_animations: attr.bool(false),
  });
  return ensureShape(image, [-1, -1, channels]);
}

/**
 * The contents of a file that has as many bytes as when it was checked (int64 scalar); of a changed one nothing, which no
 * decoder takes. An assertion would need control edges, this is data flow.
 */
export function readUnchanged(path: tf.Tensor, bytes: tf.Tensor): tf.Tensor {
  const contents = op('ReadFile', [path]);
  const unchanged = op('Equal', [op('StringLength', [contents]), toInt32(bytes)]);
  return op('SelectV2', [unchanged, contents, tf.scalar('', 'string')]);
}
