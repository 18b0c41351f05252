/** Decodes one image in the graph. Its header was checked on the host, so nothing else and nothing huge gets here. */
import { attr, DataType } from '@kiln/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import { conditional } from '@kiln/engine';
import { WITH_ALPHA } from '../files/image-header.ts';
import { GIF_END } from '../files/image-formats/gif.ts';
import type { EncodedImage } from '../sources/source.ts';
import { ensureShape, op, slice, toInt32 } from './ops.ts';

/** To uint8 [height, width, channels]; of a set with GIF or WebP images always 3 channels, since their decoders give no fewer. */
export function decodeImage({ contents, decoding }: EncodedImage, channels: 1 | 3): tf.Tensor {
  if (decoding === undefined) return decodeAs(contents, channels);
  const [image] = conditional(
    tf.equal(decoding, WITH_ALPHA),
    (whole: tf.Tensor) => [slice(decodeAs(whole, 4), [0, 0, 0], [-1, -1, 3])],
    (whole: tf.Tensor, decoding: tf.Tensor) => [decodeAs(firstFrame(whole, decoding), 3)],
    [contents, decoding],
  );
  return ensureShape(image as tf.Tensor, [-1, -1, 3]);
}

function decodeAs(contents: tf.Tensor, channels: 1 | 3 | 4): tf.Tensor {
  const image = op('DecodeImage', [contents], {
    channels: attr.int(channels),
    dtype: attr.type(DataType.uint8),
    expand_animations: attr.bool(false),
  });
  return ensureShape(image, [-1, -1, channels]);
}

/** A GIF ends behind its first frame; everything else is left as it is (`decoding` 0). */
function firstFrame(contents: tf.Tensor, decoding: tf.Tensor): tf.Tensor {
  const isGif = tf.greater(decoding, 0);
  const length = op('SelectV2', [isGif, decoding, op('StringLength', [contents])]);
  const end = op('SelectV2', [isGif, tf.tensor([GIF_END], [], 'string'), tf.scalar('', 'string')]);
  return op('StringJoin', [[op('Substr', [contents, tf.scalar(0, 'int32'), length]), end]]);
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
