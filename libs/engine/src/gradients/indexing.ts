/** Gradients of ops that select by index tensors. */
import * as tf from '@tensorflow/tfjs-core';
import { reshapeTo, sumTo } from './broadcasting.ts';
import { listRule, rule } from './rule.ts';

const sizeOf = (shape: number[]): number => tf.util.sizeFromShape(shape);

/** x: [batch…, outer…, axis, inner…], indices: [batch…, index…], dy: [batch…, outer…, index…, inner…]. */
function gatherGrad(
  dy: tf.Tensor,
  shape: number[],
  indices: tf.Tensor,
  axis: number,
  batchDims: number,
): tf.Tensor {
  const batch = sizeOf(shape.slice(0, batchDims));
  const outer = sizeOf(shape.slice(batchDims, axis));
  const inner = sizeOf(shape.slice(axis + 1));
  const length = shape[axis]!;
  const picks = indices.size / batch;
  const rows = reshapeTo(tf.transpose(reshapeTo(dy, [batch, outer, picks, inner]), [0, 2, 1, 3]), [
    batch * picks,
    outer * inner,
  ]);
  const inBatch = reshapeTo(indices, [batch, picks]);
  const segments =
    batch === 1
      ? inBatch
      : tf.add(inBatch, tf.reshape(tf.range(0, batch * length, length, 'int32'), [batch, 1]));
  const summed = tf.unsortedSegmentSum(
    rows,
    reshapeTo(segments, [batch * picks]) as tf.Tensor1D,
    batch * length,
  );
  return reshapeTo(tf.transpose(tf.reshape(summed, [batch, length, outer, inner]), [0, 2, 1, 3]), shape);
}

/** Segment ids below zero take no part in the sum, so their rows get zeros. */
function segmentSumGrad(dy: tf.Tensor, segments: tf.Tensor): tf.Tensor {
  const rows = tf.gather(dy, tf.maximum(segments, tf.scalar(0, 'int32')) as tf.Tensor1D);
  const column = [segments.size, ...rows.shape.slice(1).map(() => 1)];
  return tf.mul(
    rows,
    tf.reshape(tf.cast(tf.greaterEqual(segments, tf.scalar(0, 'int32')), 'float32'), column),
  );
}

/** Each of the k values of a row goes back to the place it came from. */
function topKGrad(dy: tf.Tensor, indices: tf.Tensor, shape: number[]): tf.Tensor {
  const length = shape.at(-1)!;
  const rows = sizeOf(shape) / length;
  const starts = tf.reshape(tf.range(0, rows * length, length, 'int32'), [rows, 1]);
  const places = tf.reshape(tf.add(tf.reshape(indices, [rows, -1]), starts), [-1]) as tf.Tensor1D;
  return tf.reshape(tf.unsortedSegmentSum(tf.reshape(dy, [-1]), places, rows * length), shape);
}

/** The diagonal of dy taken as a square matrix. */
function diagonal(dy: tf.Tensor, shape: number[]): tf.Tensor {
  const size = sizeOf(shape);
  // One element more than a row apart: with rows longer by one, the diagonal is the first column.
  const skewed = tf.reshape(tf.pad(tf.reshape(dy, [size * size]), [[0, size]]), [size, size + 1]);
  return tf.reshape(tf.slice(skewed, [0, 0], [size, 1]), shape);
}

/** Where a default fills what no value was given for, it gets the rest of dy. */
function sparseGradients(dy: tf.Tensor, indices: tf.Tensor, values: tf.Tensor, fallback: tf.Tensor) {
  const places = indices.rank === 2 ? indices : tf.reshape(indices, [-1, 1]);
  const given = (): tf.Tensor => tf.gatherND(dy, places);
  return {
    sparseIndices: null,
    sparseValues: () => sumTo(given(), values.shape),
    defaultValue: () => reshapeTo(tf.sub(tf.sum(dy), tf.sum(given())), fallback.shape),
  };
}

export const indexing: tf.GradConfig[] = [
  rule('Diag', { inputs: ['x'] }, (dy, [x]) => ({ x: () => diagonal(dy, x!.shape) })),
  rule(
    'SparseToDense',
    { inputs: ['sparseIndices', 'sparseValues', 'defaultValue'] },
    (dy, [indices, values, fallback]) => sparseGradients(dy, indices!, values!, fallback!),
  ),
  rule<{ axis: number; batchDims: number }>(
    'GatherV2',
    { inputs: ['x', 'indices'] },
    (dy, [x, indices], { axis, batchDims }) => ({
      x: () => gatherGrad(dy, x!.shape, indices!, tf.util.parseAxisParam(axis, x!.shape)[0]!, batchDims),
      indices: null,
    }),
  ),
  rule('UnsortedSegmentSum', { inputs: ['segmentIds'] }, (dy, [segments]) => ({
    x: () => segmentSumGrad(dy, segments!),
    segmentIds: null,
  })),
  rule('GatherNd', { inputs: ['params', 'indices'] }, (dy, [params, indices]) => ({
    params: () => tf.scatterND(indices!, dy, params!.shape),
    indices: null,
  })),
  rule('ScatterNd', { inputs: ['indices'] }, (dy, [indices]) => ({
    updates: () => tf.gatherND(dy, indices!),
    indices: null,
  })),
  rule('TensorScatterUpdate', { inputs: ['indices', 'updates'] }, (dy, [indices, updates]) => ({
    tensor: () => tf.tensorScatterUpdate(dy, indices!, tf.zerosLike(updates!)),
    updates: () => tf.gatherND(dy, indices!),
    indices: null,
  })),
  listRule('TopK', { inputs: ['x'], outputs: [false, true] }, ([dy], [x, indices]) => ({
    x: () => topKGrad(dy!, indices!, x!.shape),
  })),
];
