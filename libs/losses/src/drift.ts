/** Keeps a critic, whose loss knows differences only, from drifting away from 0 (Karras et al., 2018, appendix A.1). */
import * as tf from '@tensorflow/tfjs-core';

/** E D(x)^2 of the logits of real images `[batch, 1]`; the paper's weight is 0.001. */
export const drift = (real: tf.Tensor): tf.Scalar => tf.mean(tf.square(real));
