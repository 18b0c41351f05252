/** Gradients of ops that move, repeat or select elements by position. */
import * as tf from '@tensorflow/tfjs-core';
import { reshapeTo } from './broadcasting.ts';
import { listRule, rule } from './rule.ts';
import { stridedSliceGrad, type StridedSliceAttrs } from './strided-slice.ts';

type Paddings = [number, number][];

/** Undoes a tile: [r·s] is r blocks of s along every axis; the blocks are summed. */
function tileGrad(dy: tf.Tensor, shape: number[], reps: number[]): tf.Tensor {
  const repeated = reps.flatMap((count, axis) => (count > 1 ? [axis] : []));
  const split = shape.flatMap((size, axis) => (repeated.includes(axis) ? [reps[axis]!, size] : [size]));
  const blockAxes = repeated.map((axis, i) => axis + i);
  return reshapeTo(tf.sum(reshapeTo(dy, split), blockAxes), shape);
}

/** Folds the mirrored borders back, one axis at a time. */
function mirrorPadGrad(
  dy: tf.Tensor,
  shape: number[],
  paddings: Paddings,
  mode: 'reflect' | 'symmetric',
): tf.Tensor {
  const offset = mode === 'reflect' ? 1 : 0;
  return paddings.reduce((folded, [before, after], axis) => {
    if (before + after === 0) return folded;
    const size = shape[axis]!;
    const part = (begin: number, length: number): tf.Tensor =>
      tf.slice(
        folded,
        folded.shape.map((_, a) => (a === axis ? begin : 0)),
        folded.shape.map((s, a) => (a === axis ? length : s)),
      );
    const at = (border: tf.Tensor, begin: number): tf.Tensor =>
      tf.pad(
        tf.reverse(border, axis),
        folded.shape.map((_, a): [number, number] =>
          a === axis ? [begin, size - begin - border.shape[axis]!] : [0, 0],
        ),
      );
    const parts = [part(before, size)];
    if (before > 0) parts.push(at(part(0, before), offset));
    if (after > 0) parts.push(at(part(before + size, after), size - offset - after));
    return tf.addN(parts);
  }, dy);
}

/** Inverse of depthToSpace (NHWC): [n, h·b, w·b, c] to [n, h, w, b·b·c]. */
function spaceToDepth(x: tf.Tensor, block: number): tf.Tensor {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const [h, w] = [height / block, width / block];
  const blocks = tf.transpose(tf.reshape(x, [n, h, block, w, block, channels]), [0, 1, 3, 2, 4, 5]);
  return tf.reshape(blocks, [n, h, w, block * block * channels]);
}

function sliceGrad(dy: tf.Tensor, x: tf.Tensor, begin: number[], size: number[]): tf.Tensor {
  const [first, length] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  return tf.pad(
    dy,
    x.shape.map((total, axis): [number, number] => [first[axis]!, total - first[axis]! - length[axis]!]),
  );
}

export const shaping: tf.GradConfig[] = [
  rule('Reshape', { inputs: ['x'] }, (dy, [x]) => ({ x: () => tf.reshape(dy, x!.shape) })),
  rule('ExpandDims', { inputs: ['input'] }, (dy, [input]) => ({ input: () => tf.reshape(dy, input!.shape) })),
  rule<{ perm: number[] }>('Transpose', {}, (dy, _, { perm }) => ({
    x: () => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm)),
  })),
  rule<{ dims: number | number[] }>('Reverse', {}, (dy, _, { dims }) => ({
    x: () => tf.reverse(dy, tf.util.parseAxisParam(dims, dy.shape)),
  })),
  rule('FlipLeftRight', {}, (dy) => ({ image: () => tf.image.flipLeftRight(dy as tf.Tensor4D) })),
  rule<{ axis: number }>('Concat', { allInputs: true }, (dy, inputs, attrs) => {
    const [axis] = tf.util.parseAxisParam(attrs.axis, dy.shape);
    let end = 0;
    return inputs.map((input) => {
      const size = input.shape[axis!]!;
      const begin = end;
      end += size;
      return () =>
        tf.slice(
          dy,
          dy.shape.map((_, a) => (a === axis ? begin : 0)),
          input.shape,
        );
    });
  }),
  listRule<{ axis: number }>('SplitV', {}, (dys, _, { axis }) => ({ x: () => tf.concat(dys, axis) })),
  rule<{ axis: number }>('Pack', { allInputs: true }, (dy, inputs, { axis }) => {
    const parts = tf.unstack(dy, axis);
    return inputs.map((_, i) => () => parts[i]!);
  }),
  listRule<{ axis: number }>('Unpack', {}, (dys, _, { axis }) => ({ value: () => tf.stack(dys, axis) })),
  rule<{ begin: number[]; size: number[] }>('Slice', { inputs: ['x'] }, (dy, [x], { begin, size }) => ({
    x: () => sliceGrad(dy, x!, begin, size),
  })),
  rule<StridedSliceAttrs>('StridedSlice', { inputs: ['x'] }, (dy, [x], attrs) => ({
    x: () => stridedSliceGrad(dy, x!.shape, attrs),
  })),
  rule<{ paddings: Paddings }>('PadV2', { inputs: ['x'] }, (dy, [x], { paddings }) => ({
    x: () =>
      tf.slice(
        dy,
        paddings.map(([before]) => before),
        x!.shape,
      ),
  })),
  rule<{ paddings: Paddings; mode: 'reflect' | 'symmetric' }>(
    'MirrorPad',
    { inputs: ['x'] },
    (dy, [x], { paddings, mode }) => ({
      x: () => mirrorPadGrad(dy, x!.shape, paddings, mode),
    }),
  ),
  rule<{ reps: number[] }>('Tile', { inputs: ['x'] }, (dy, [x], { reps }) => ({
    x: () => tileGrad(dy, x!.shape, reps),
  })),
  rule<{ blockSize: number; dataFormat: 'NHWC' | 'NCHW' }>(
    'DepthToSpace',
    {},
    (dy, _, { blockSize, dataFormat }) => ({
      x: () =>
        dataFormat === 'NCHW'
          ? tf.transpose(spaceToDepth(tf.transpose(dy, [0, 2, 3, 1]), blockSize), [0, 3, 1, 2])
          : spaceToDepth(dy, blockSize),
    }),
  ),
  rule<{ blockShape: number[]; crops: number[][] }>('BatchToSpaceND', {}, (dy, _, { blockShape, crops }) => ({
    x: () => tf.spaceToBatchND(dy, blockShape, crops),
  })),
  rule<{ blockShape: number[]; paddings: number[][] }>(
    'SpaceToBatchND',
    {},
    (dy, _, { blockShape, paddings }) => ({
      x: () => tf.batchToSpaceND(dy, blockShape, paddings),
    }),
  ),
];
