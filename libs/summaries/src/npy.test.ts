import { describe, expect, it } from 'vitest';
import { encodeNpy } from './npy.ts';

function header(npy: Buffer): string {
  expect([...npy.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  return npy.toString('latin1', 10, 10 + npy.readUInt16LE(8));
}

describe('encodeNpy', () => {
  it('starts the data at a multiple of 64, after a header that names type and shape', () => {
    const npy = encodeNpy(Float32Array.from([1, 2, 3, 4, 5, -6.5]), [1, 2, 3]);
    const text = header(npy);
    expect(text).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(1, 2, 3\), \} *\n$/);
    const start = 10 + text.length;
    expect(start % 64).toBe(0);
    expect(npy.length).toBe(start + 24);
    expect([npy.readFloatLE(start), npy.readFloatLE(start + 20)]).toEqual([1, -6.5]);
  });

  it.each([
    [[2], '(2,)'],
    [[], '()'],
    [[0, 28, 28, 1], '(0, 28, 28, 1)'],
  ])('writes shape %j as a Python tuple', (shape, tuple) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    expect(header(encodeNpy(new Float32Array(size), shape))).toContain(`'shape': ${tuple}, }`);
  });

  it('is aligned whatever the length of the shape', () => {
    for (let rank = 1; rank < 30; rank += 1) {
      const npy = encodeNpy(new Float32Array(1), Array<number>(rank).fill(1));
      expect((10 + npy.readUInt16LE(8)) % 64).toBe(0);
      expect(npy.length).toBe(10 + npy.readUInt16LE(8) + 4);
    }
  });

  it('refuses a shape of another size', () => {
    expect(() => encodeNpy(new Float32Array(5), [2, 3])).toThrow('shape [2, 3] holds 6 values, got 5');
  });
});
