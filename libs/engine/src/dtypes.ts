/** tfjs knows five dtypes, TensorFlow two dozen. A tensor of any other one wears tfjs's nearest label in JavaScript. */
import type { backend_util, DataType as Label } from '@tensorflow/tfjs-core';
import { DataType } from '@kiln/tensorflow';
import { EngineError } from './errors.ts';

const ownLabels = new Map<number, Label>([
  [DataType.float, 'float32'],
  [DataType.int32, 'int32'],
  [DataType.bool, 'bool'],
  [DataType.string, 'string'],
  [DataType.complex64, 'complex64'],
]);

const floats = new Set<number>([DataType.double, DataType.half, DataType.bfloat16]);

/** Dtypes that the addon gives back as raw bytes, so that reading goes through a cast. */
export const readByCast = new Set<number>([DataType.half, DataType.bfloat16]);

/** Integers, and handles that tfjs only passes on (variant, resource), are 'int32'. */
export function labelOf(tfDtype: number): Label {
  return ownLabels.get(tfDtype) ?? (floats.has(tfDtype) ? 'float32' : 'int32');
}

/** TensorFlow's dtype for a label of tfjs. */
export function dtypeOf(label: Label): number {
  for (const [dtype, own] of ownLabels) if (own === label) return dtype;
  throw new EngineError('bad-op-inputs', `TensorFlow has no dtype for '${label}'`);
}

/** Values as tfjs expects them for a label: Float32Array or Int32Array, whatever TensorFlow's dtype is. */
export function labelledValues(
  tfDtype: number,
  values: ArrayBufferView | Uint8Array[],
): backend_util.BackendValues {
  if (ownLabels.has(tfDtype) || Array.isArray(values)) return values as backend_util.BackendValues;
  if (labelOf(tfDtype) === 'float32') return Float32Array.from(values as Float64Array);
  const wide = values as BigInt64Array | Uint8Array;
  return Int32Array.from(wide as Iterable<number | bigint>, (value) => {
    const narrow = Number(value);
    if (narrow === (narrow | 0)) return narrow;
    throw new EngineError(
      'value-out-of-range',
      `the value ${value} does not fit an int32; read the tensor with readTree`,
    );
  });
}
