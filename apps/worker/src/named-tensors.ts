/** Between the trainer's host values and the checkpoint's byte arrays. */
import type { NamedTensor } from '@kiln/checkpoints';

export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export function toNamed(name: string, { shape, data }: HostTensor): NamedTensor {
  return {
    name,
    dtype: data instanceof Int32Array ? 'I32' : 'F32',
    shape: [...shape],
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

export function fromNamed({ dtype, shape, data }: NamedTensor): HostTensor {
  // A copy, because a shard's bytes need not lie on a multiple of four.
  const bytes = data.slice();
  return {
    shape,
    data: dtype === 'I32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer),
  };
}
