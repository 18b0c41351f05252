/** What a player does to its gradients between the all-reduce, after which they are equal on all workers, and the update. */
import type { Named } from '@kiln/nn';
import type { GradientRules } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';

/** In the order in which `GradientRules` names them. */
export function applyGradientRules(rules: GradientRules, gradients: Named, params: Named): Named {
  const { replaceNonFiniteBy, regularize, clipNorm, clipValue } = rules;
  let result = gradients;
  if (replaceNonFiniteBy !== undefined) result = map(result, (grad) => finite(grad, replaceNonFiniteBy));
  if (regularize !== undefined) result = regularize(result, params);
  if (clipNorm !== undefined) {
    const factor = tf.minimum(1, tf.div(clipNorm, tf.maximum(globalNorm(result), 1e-12)));
    result = map(result, (grad) => tf.mul(grad, factor));
  }
  if (clipValue !== undefined) result = map(result, (grad) => tf.clipByValue(grad, -clipValue, clipValue));
  return result;
}

/** Euclidean norm of all tensors together. */
export function globalNorm(tree: Named): tf.Scalar {
  return tf.sqrt(tf.addN(Object.values(tree).map((value) => tf.sum(tf.square(value))))) as tf.Scalar;
}

/** NaN -> 0, +-infinity and whatever lies beyond `bound` -> +-bound. */
function finite(grad: tf.Tensor, bound: number): tf.Tensor {
  const bounded = tf.clipByValue(grad, -bound, bound);
  return tf.where(tf.isNaN(grad), tf.zerosLike(grad), bounded);
}

const map = (tree: Named, change: (value: tf.Tensor) => tf.Tensor): Named =>
  Object.fromEntries(Object.entries(tree).map(([path, value]) => [path, change(value)]));
