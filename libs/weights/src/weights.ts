/** Weights in host memory: float32 arrays by name, whatever format they came from. */

export interface WeightArray {
  /** As the file has it: PyTorch's kernels are `[out, in, height, width]`, Keras's `[height, width, in, out]`. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

export type Weights = ReadonlyMap<string, WeightArray>;

/** Half and bfloat16 bits as float32; exact. `bytes` begins its buffer. */
export function widen(dtype: 'F16' | 'BF16', bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const bits = new Uint16Array(bytes.buffer);
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
