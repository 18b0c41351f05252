/** Arrays of one value, which a graph can hold as that value. */

/** Whether all elements have the same bits, so that -0 and NaN stay what they are. Only for 1 and 4 byte elements. */
export function isSplat(values: Float32Array | Int32Array | Uint8Array): boolean {
  const bits =
    values.BYTES_PER_ELEMENT === 4 ? new Int32Array(values.buffer, values.byteOffset, values.length) : values;
  const [first] = bits;
  return bits.every((bit) => bit === first);
}
