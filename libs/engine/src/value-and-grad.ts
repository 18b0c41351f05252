/** Gradients of a loss with respect to a tree of parameters, without tf.Variable. */
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from './errors.ts';
import { outlive } from './gradients/survivors.ts';
import { currentScope, inScope, nameScope } from './name-scope.ts';
import { flattenTree, type Tree, unflattenTree } from './tree.ts';

export interface LossAndAux<A extends Tree> {
  /** A scalar. */
  loss: tf.Tensor;
  aux: A;
}

interface TapeInternals {
  gradients(
    f: () => tf.Tensor,
    xs: tf.Tensor[],
    dy: null,
    allowNoGradients: boolean,
  ): { value: tf.Tensor; grads: (tf.Tensor | null | undefined)[] };
}

/**
 * Calls `fn` and differentiates its loss. `grads` has the structure of `params`, with zeros where the loss does
 * not depend on a parameter. `aux` carries other results out of `fn`; no gradient flows through it here.
 */
export function valueAndGrad<P extends Tree, A extends Tree>(
  fn: (params: P) => LossAndAux<A>,
  params: P,
): { loss: tf.Scalar; aux: A; grads: P } {
  const engine = tf.engine() as unknown as TapeInternals;
  const leaves = flattenTree(params);
  const xs = [...leaves.values()];
  const scope = currentScope();
  return tf.tidy(() => {
    let aux: A | undefined;
    const forward = (): tf.Tensor => {
      const result = fn(params);
      if (!(result.loss instanceof tf.Tensor) || result.loss.size !== 1 || result.loss.rank !== 0) {
        const got =
          result.loss instanceof tf.Tensor ? `shape [${result.loss.shape.join(', ')}]` : String(result.loss);
        throw new EngineError('loss-not-scalar', `valueAndGrad needs a scalar loss, got ${got}`);
      }
      aux = result.aux;
      for (const leaf of flattenTree(aux).values()) outlive(leaf);
      return result.loss;
    };
    const { value, grads } = nameScope('gradients', () =>
      engine.gradients(() => inScope(scope, forward), xs, null, true),
    );
    const byPath = new Map(
      [...leaves.keys()].map((path, i) => [path, grads[i] ?? tf.zerosLike(xs[i] as tf.Tensor)]),
    );
    return { loss: value as tf.Scalar, aux: aux as A, grads: unflattenTree(params, byPath) } as never;
  }) as never;
}
