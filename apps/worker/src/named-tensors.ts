/** Between the trainer's state and the checkpoint's byte arrays. */
import type { NamedTensor } from '@kiln/checkpoints';
import type { StateTensor } from '@kiln/training';
import { WorkerError } from './worker-error.ts';

export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

const storedAs: Readonly<Record<string, 'F32' | 'I32' | undefined>> = { float32: 'F32', int32: 'I32' };

export function toNamed({ path, shape, dtype, bytes }: StateTensor): NamedTensor {
  const stored = storedAs[dtype];
  if (stored === undefined)
    throw new WorkerError('internal', `tensor "${path}" of the state is ${dtype}, expected float32 or int32`);
  return { name: path, dtype: stored, shape, data: bytes };
}

/** Shares the memory of `data`, which a checkpoint's reader has put where any number may begin. */
export function fromNamed({ dtype, shape, data }: NamedTensor): HostTensor {
  const { buffer, byteOffset } = data;
  const length = data.byteLength / 4;
  return {
    shape,
    data:
      dtype === 'I32'
        ? new Int32Array(buffer, byteOffset, length)
        : new Float32Array(buffer, byteOffset, length),
  };
}
