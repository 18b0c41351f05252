/** Reads the `.npy` arrays that `kiln sample` and NumPy write: little-endian float32 in C order. */
import { readFile } from 'node:fs/promises';

export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export async function readNpy(file: string): Promise<NpyArray> {
  const bytes = await readFile(file);
  const wide = bytes[6]! >= 2;
  const begin = wide ? 12 : 10;
  const end = begin + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString('latin1', begin, end);
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number);
  if (shape === undefined || !header.includes("'<f4'") || !header.includes("'fortran_order': False"))
    throw new Error(`${file} is no float32 array in C order: ${header.trim()}`);
  const copy = Uint8Array.from(bytes.subarray(end));
  return {
    shape,
    values: new Float32Array(
      copy.buffer,
      0,
      shape.reduce((a, b) => a * b, 1),
    ),
  };
}
