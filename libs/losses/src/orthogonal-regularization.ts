/** Orthogonal regularisation (Brock et al., 2017) and BigGAN's, which leaves the norms free (Brock et al., 2019, eq. 3). */
import { rawOp } from '@kiln/engine';
import type { Named } from '@kiln/nn';
import * as tf from '@tensorflow/tfjs-core';

export interface OrthogonalOptions {
  /** `off-diagonal` is BigGAN's: it only keeps filters from being alike. */
  readonly form?: 'plain' | 'off-diagonal';
  /** Parameters to leave out; BigGAN's is the shared class embedding. */
  readonly except?: readonly string[];
}

/**
 * The sum over all parameters with two or more axes, as matrices W `[all axes but the last, outputs]`, of the squared
 * Frobenius norm of W^T W - I, or of W^T W without its diagonal; the paper's weight is 1e-4. BigGAN-PyTorch applies half
 * of this gradient: its strength s is the weight s / 2 here.
 */
export function orthogonalPenalty(params: Named, options: OrthogonalOptions = {}): tf.Scalar {
  const { form = 'off-diagonal', except = [] } = options;
  const terms = Object.entries(params)
    .filter(([path, value]) => value.rank > 1 && !except.includes(path))
    .map(([, value]) => {
      const matrix = tf.reshape(value, [-1, value.shape.at(-1)!]) as tf.Tensor2D;
      const gram = tf.matMul(matrix, matrix, true);
      // By an op, because tf.eye makes its values in JavaScript, which a trace would carry along.
      const identity = rawOp('MatrixDiag', [tf.ones([matrix.shape[1]])])[0]!;
      const rest = form === 'plain' ? tf.sub(gram, identity) : tf.mul(gram, tf.sub(1, identity));
      return tf.sum(tf.square(rest));
    });
  return terms.length === 0 ? tf.scalar(0) : (tf.addN(terms) as tf.Scalar);
}
