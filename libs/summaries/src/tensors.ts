/** The tensor messages that summaries carry. */
import type { tensorboard } from './gen/tensorboard.js';

/** Numbers of TensorFlow's enum DataType. */
const dataTypes = { float32: 1, float64: 2, string: 7 } as const;

const shapeOf = (dims: readonly number[]): tensorboard.TensorShapeProto.$Properties => ({
  dim: dims.map((size) => ({ size })),
});

/** The loader drops float64 scalars without a word, so it must be float32. */
export function scalarTensor(value: number): tensorboard.TensorProto.$Properties {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return { dtype: dataTypes.float32, tensorShape: shapeOf([]), tensorContent: content };
}

export function emptyTensor(): tensorboard.TensorProto.$Properties {
  return { dtype: dataTypes.float32, tensorShape: shapeOf([0]) };
}

/** rows: [length / columns, columns] in row-major order */
export function matrixTensor(rows: Float64Array, columns: number): tensorboard.TensorProto.$Properties {
  const content = Buffer.alloc(rows.length * 8);
  rows.forEach((value, index) => content.writeDoubleLE(value, index * 8));
  return {
    dtype: dataTypes.float64,
    tensorShape: shapeOf([rows.length / columns, columns]),
    tensorContent: content,
  };
}

export function stringTensor(
  values: readonly (string | Uint8Array)[],
  dims: readonly number[],
): tensorboard.TensorProto.$Properties {
  const stringVal = values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value));
  return { dtype: dataTypes.string, tensorShape: shapeOf(dims), stringVal };
}
