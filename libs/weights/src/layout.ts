/** How one program's order of axes becomes another's. Pure; no files. */
import type { WeightArray } from './weights.ts';

/**
 * Kiln's array seen as `view`, its axes reordered so that axis i of theirs is axis `order[i]` of the view, and the result
 * given the shape `theirs`. A view splits axes that the other program keeps together or orders differently.
 */
export interface Layout {
  readonly view: readonly number[];
  readonly order: readonly number[];
  readonly theirs: readonly number[];
  /** So many of Kiln's first rows come last in theirs, where two inputs are concatenated the other way round. */
  readonly roll?: number;
  /** Theirs is turned by 180 degrees: rows and columns of a kernel, the first two axes of the view, run backwards. */
  readonly turned?: boolean;
  /** Theirs holds so many copies along a first axis of its own; the last is read. */
  readonly copies?: number;
  /** Theirs holds every number so many times in a row; their mean is read. */
  readonly repeats?: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Row-major values of shape `shape` with axis i taken from axis `order[i]`. */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const result = new Float32Array(values.length);
  const outer = order.map((axis) => ({ size: shape[axis]!, stride: strides[axis]! }));
  let at = 0;
  const visit = (axis: number, offset: number): void => {
    const dimension = outer[axis];
    if (dimension === undefined) {
      result[at++] = values[offset]!;
      return;
    }
    for (let i = 0; i < dimension.size; i++) visit(axis + 1, offset + i * dimension.stride);
  };
  visit(0, 0);
  return result;
}

/** The first `rows` of `shape[0]` moved behind the others. */
function rolled(values: Float32Array, shape: readonly number[], rows: number): Float32Array {
  const cut = rows * sizeOf(shape.slice(1));
  const result = new Float32Array(values.length);
  result.set(values.subarray(cut));
  result.set(values.subarray(0, cut), values.length - cut);
  return result;
}

/** Rows and columns backwards: the pixels, `shape[0]` times `shape[1]` of them, in reverse order. */
function turnedRound(values: Float32Array, shape: readonly number[]): Float32Array {
  const size = sizeOf(shape.slice(2));
  const result = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += size)
    result.set(values.subarray(at, at + size), values.length - size - at);
  return result;
}

/** The means of every `count` numbers in a row. */
const meansOf = (values: Float32Array, count: number): Float32Array =>
  Float32Array.from({ length: values.length / count }, (_, index) => {
    const run = values.subarray(index * count, (index + 1) * count);
    return run.reduce((sum, value) => sum + value, 0) / count;
  });

export function toTheirs({ values }: WeightArray, layout: Layout): WeightArray {
  const { view, order, theirs, roll = 0, turned = false, copies = 1, repeats = 1 } = layout;
  const facing = turned ? turnedRound(values, view) : values;
  const single = transpose(rolled(facing, view, roll), view, order);
  const one =
    repeats === 1
      ? single
      : Float32Array.from({ length: single.length * repeats }, (_, i) => single[Math.floor(i / repeats)]!);
  const all = new Float32Array(one.length * copies);
  for (let copy = 0; copy < copies; copy++) all.set(one, copy * one.length);
  return { shape: theirs, values: all };
}

export function fromTheirs(
  { values }: WeightArray,
  { view, order, roll = 0, turned = false, repeats = 1 }: Layout,
  ours: readonly number[],
): WeightArray {
  const inverse = order.map((_, axis) => order.indexOf(axis));
  const seen = order.map((axis) => view[axis]!);
  const single = repeats === 1 ? values : meansOf(values, repeats);
  const last = single.slice(single.length - sizeOf(view));
  const facing = rolled(transpose(last, seen, inverse), view, (view[0] ?? 0) - roll);
  return { shape: ours, values: turned ? turnedRound(facing, view) : facing };
}

/** The same order of axes on both sides. */
export const same = (shape: readonly number[]): Layout => ({
  view: shape,
  order: shape.map((_, axis) => axis),
  theirs: shape,
});

/** `[height, width, in, out]` to PyTorch's `[out, in, height, width]`. */
export const convolution = ([height, width, input, output]: readonly number[]): Layout => ({
  view: [height!, width!, input!, output!],
  order: [3, 2, 0, 1],
  theirs: [output!, input!, height!, width!],
});

/** `[in, out]` to PyTorch's `[out, in]`. */
export const linear = ([input, output]: readonly number[]): Layout => ({
  view: [input!, output!],
  order: [1, 0],
  theirs: [output!, input!],
});

/** A layer behind `[4, 4, channels]` in Kiln, which is `[channels, 4, 4]` in PyTorch: `[in, out]` to `[out, in]`. */
export const linearOfMap = ([input, output]: readonly number[]): Layout => ({
  view: [4, 4, input! / 16, output!],
  order: [3, 2, 0, 1],
  theirs: [output!, input!],
});
