/**
 * Standing statistics (Brock et al., 2019, section 4.1): for sampling, the running means and variances of a generator's
 * batch norms are replaced by their averages over many batches drawn for this purpose.
 */
import * as tf from '@tensorflow/tfjs-core';
import { apply, type Network } from './network.ts';
import type { BatchStatistics, Variables } from './scope.ts';

/**
 * Takes batch number `pass`, from 1, into the averages; after pass k they are those of k batches. `pass` may be a float32
 * scalar, so that one compiled function serves all passes.
 */
export function standingPass(
  network: Network,
  variables: Variables,
  inputs: tf.Tensor[],
  pass: number | tf.Scalar,
  batchStatistics: BatchStatistics,
): Variables {
  const momentum = typeof pass === 'number' ? 1 / pass : (tf.div(1, pass) as tf.Scalar);
  const { stats } = apply(network, variables, inputs, { training: true, batchStatistics, momentum });
  return { params: variables.params, stats };
}
