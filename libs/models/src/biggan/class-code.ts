/** The class embedding of G: of a label, or of a mixture of classes, which is how classes are interpolated. */
import { embedding, orthogonal, type Scope } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

/**
 * classes: int32 labels `[batch]`, or float32 shares of each class `[batch, numClasses]` -> `[batch, size]`. Not spectrally
 * normalised, as in BigGAN-PyTorch.
 */
export function classCode(scope: Scope, classes: tf.Tensor, numClasses: number, size: number): tf.Tensor {
  const kernelInitializer = orthogonal();
  if (classes.rank === 1) return embedding(scope, classes, numClasses, size, { kernelInitializer });
  return tf.matMul(
    classes as tf.Tensor2D,
    scope.param('kernel', [numClasses, size], kernelInitializer) as tf.Tensor2D,
  );
}
