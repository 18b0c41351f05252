/** One safetensors file: read with every rule of the format enforced, written so that other programs open it. */
import { open, readFile, rename } from 'node:fs/promises';
import { CheckpointError, encodeHeader, fileOrder, parseHeader, type TensorRange } from '@kiln/checkpoints';
import { asWeightError, WeightError } from './weight-error.ts';
import { widen, type WeightArray, type Weights } from './weights.ts';

const prefixBytes = 8;

/** Throws `WeightError` for a file that is missing, damaged, or holds other than floating-point tensors. */
export async function readSafetensors(file: string): Promise<Weights> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw asWeightError(error, file);
  }
  if (bytes.length < prefixBytes)
    throw new WeightError('malformed', file, `${bytes.length} bytes, too short for a safetensors file`);
  const length = bytes.readBigUInt64LE();
  if (length > BigInt(bytes.length - prefixBytes))
    throw new WeightError('malformed', file, `header of ${length} bytes in a file of ${bytes.length}`);
  const begin = prefixBytes + Number(length);
  try {
    const ranges = parseHeader(bytes.subarray(prefixBytes, begin), bytes.length - begin, file);
    return new Map(ranges.map((range) => [range.name, valuesOf(range, bytes.subarray(begin), file)]));
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new WeightError('malformed', file, error.reason, { cause: error });
    throw error;
  }
}

function valuesOf({ name, dtype, shape, begin, end }: TensorRange, data: Buffer, file: string): WeightArray {
  // A copy that begins at a whole element; Buffer's own slice() would only be a view.
  const bytes = Uint8Array.from(data.subarray(begin, end));
  switch (dtype) {
    case 'F32':
      return { shape, values: new Float32Array(bytes.buffer) };
    case 'F64':
      return { shape, values: Float32Array.from(new Float64Array(bytes.buffer)) };
    case 'F16':
    case 'BF16':
      return { shape, values: widen(dtype, bytes) };
    case 'I64':
      // PyTorch's batch normalisation counts batches in one.
      return { shape, values: Float32Array.from(new BigInt64Array(bytes.buffer), Number) };
    default:
      throw new WeightError('unsupported', file, `tensor "${name}" is ${dtype}, expected floating point`);
  }
}

/** Written beside and renamed when whole. */
export async function writeSafetensors(file: string, weights: Weights): Promise<void> {
  const tensors = fileOrder(
    [...weights].map(([name, { shape }]) => ({ name, dtype: 'F32' as const, shape })),
  );
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(encodeHeader(tensors, file));
      for (const { name } of tensors) {
        const { values } = weights.get(name) as WeightArray;
        await handle.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    throw asWeightError(error, file);
  }
}
