/** Minibatch standard deviation (Karras et al., 2018, section 3): tells D how much the samples of a group differ. */
import { allGather, rank, worldSize } from '@kiln/collectives';
import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from '../errors.ts';
import type { Scope } from '../scope.ts';

export interface MinibatchStddevOptions {
  /** At most the batch. */
  groupSize?: number;
  /** Maps appended; each is the mean over an equal share of the channels. */
  numFeatures?: number;
}

/**
 * x: `[batch, height, width, channels]` -> `[batch, height, width, channels + numFeatures]`. With M groups, sample i
 * belongs to group i mod M. When training with `global` batch statistics the groups are those of the batch of all
 * workers, in rank order, so that they do not depend on the number of workers.
 */
export function minibatchStddev(
  scope: Scope,
  x: tf.Tensor,
  { groupSize = 4, numFeatures = 1 }: MinibatchStddevOptions = {},
): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const { training, batchStatistics } = scope.options;
  const isGlobal = training && batchStatistics === 'global' && worldSize() > 1;
  const total = isGlobal ? batch * worldSize() : batch;
  const size = Math.min(groupSize, total);
  const numGroups = total / size;
  if (!Number.isInteger(numGroups) || channels % numFeatures !== 0)
    throw new NetworkError(
      'shape-mismatch',
      `minibatch standard deviation needs a batch divisible by ${size} and channels divisible by ${numFeatures}, got ` +
        `a batch of ${total} and ${channels} channels; change the batch or the group size`,
    );
  const statistics = isGlobal
    ? ofOwnSamples(allGather(x, `${scope.path}/stddev`), batch, size, numFeatures)
    : tf.tile(ofGroups(tf.reshape(x, [size, numGroups, height, width, channels]), numFeatures), [size, 1]);
  const maps = tf.broadcastTo(tf.reshape(statistics, [batch, 1, 1, numFeatures]), [
    batch,
    height,
    width,
    numFeatures,
  ]);
  return tf.concat([x, maps], 3);
}

/** members: `[size, groups, height, width, channels]` -> `[groups, numFeatures]`. */
function ofGroups(members: tf.Tensor, numFeatures: number): tf.Tensor {
  const [, groups, height, width, channels] = members.shape as [number, number, number, number, number];
  const centred = tf.sub(members, tf.mean(members, 0));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), 1e-8));
  const share = channels / numFeatures;
  return tf.mean(tf.reshape(deviation, [groups, height * width, numFeatures, share]), [1, 3]);
}

/** all: the batch of all ranks -> one row for each sample of this rank; other ranks' groups are not computed. */
function ofOwnSamples(all: tf.Tensor, batch: number, size: number, numFeatures: number): tf.Tensor {
  const numGroups = all.shape[0]! / size;
  const groupOf = (sample: number): number => (rank() * batch + sample) % numGroups;
  const groups = [...new Set(Array.from({ length: batch }, (_, sample) => groupOf(sample)))];
  const rows = Array.from({ length: size }, (_, member) =>
    groups.map((group) => member * numGroups + group),
  ).flat();
  const members = tf.reshape(tf.gather(all, tf.tensor1d(rows, 'int32')), [
    size,
    groups.length,
    ...all.shape.slice(1),
  ]);
  const own = Array.from({ length: batch }, (_, sample) => groups.indexOf(groupOf(sample)));
  return tf.gather(ofGroups(members, numFeatures), tf.tensor1d(own, 'int32'));
}
