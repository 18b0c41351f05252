/** Class labels as vectors and as maps, the way a conditional GAN is fed. */
import * as tf from '@tensorflow/tfjs-core';

/** labels: int32 `[batch]` -> float32 `[batch, numClasses]`. Shares of each class are returned as they are. */
export function oneHot(labels: tf.Tensor, numClasses: number): tf.Tensor {
  if (labels.rank === 2) return labels;
  return tf.cast(tf.oneHot(labels as tf.Tensor1D, numClasses), 'float32');
}

/** Appends one constant map per feature: images `[b, h, w, c]`, features `[b, k]` -> `[b, h, w, c + k]`. */
export function concatMaps(images: tf.Tensor, features: tf.Tensor): tf.Tensor {
  const [batch, height, width] = images.shape as [number, number, number];
  const count = features.shape[1]!;
  const maps = tf.broadcastTo(tf.reshape(features, [batch, 1, 1, count]), [batch, height, width, count]);
  return tf.concat([images as tf.Tensor4D, maps as tf.Tensor4D], 3);
}
