import { describe, expect, test } from 'vitest';
import { DataType, dataTypeBytes, type DataTypeName } from './data-type.ts';
import { failure, float, start, values } from './test-support.ts';

const binding = start();

describe('a tensor made from a typed array', () => {
  const samples: [DataTypeName, ArrayBufferView][] = [
    ['float', Float32Array.of(1.5, -0, NaN, Infinity)],
    ['double', Float64Array.of(1.1, -2.2, 3e300, 4)],
    ['int32', Int32Array.of(1, -2, 2 ** 31 - 1, 0)],
    ['uint8', Uint8Array.of(0, 1, 254, 255)],
    ['int16', Int16Array.of(1, -2, 32767, -32768)],
    ['int8', Int8Array.of(1, -2, 127, -128)],
    ['int64', BigInt64Array.of(1n, -2n, 2n ** 63n - 1n, 0n)],
    ['bool', Uint8Array.of(0, 1, 1, 0)],
    ['uint16', Uint16Array.of(0, 1, 65535, 7)],
    ['uint32', Uint32Array.of(0, 1, 2 ** 32 - 1, 7)],
    ['uint64', BigUint64Array.of(0n, 1n, 2n ** 64n - 1n, 7n)],
  ];

  test.each(samples)('of type %s comes back equal', async (name, data) => {
    const id = binding.createTensor([2, 2], DataType[name], data);
    expect(binding.tensorMetadata(id)).toEqual({ id, shape: [2, 2], dtype: DataType[name] });
    expect(binding.tensorDataSync(id)).toEqual(data);
    expect(await binding.tensorData(id)).toEqual(data);
    expect(await binding.tensorBytes(id)).toHaveLength(4 * dataTypeBytes(DataType[name]));
    binding.deleteTensor(id);
  });

  test('of complex numbers holds pairs', () => {
    const id = binding.createTensor([1], DataType.complex64, Float32Array.of(1, 2));
    expect(values(id)).toEqual([1, 2]);
  });

  test('of int64 may come as pairs of int32, low half first', () => {
    const id = binding.createTensor([2], DataType.int64, Int32Array.of(7, 0, -1, -1));
    expect(values(id)).toEqual([7, -1]);
  });

  test('is a copy', () => {
    const data = Float32Array.of(1, 2);
    const id = binding.createTensor([2], DataType.float, data);
    data[0] = 9;
    expect(values(id)).toEqual([1, 2]);
    (binding.tensorDataSync(id) as Float32Array)[0] = 9;
    expect(values(id)).toEqual([1, 2]);
  });

  test('may be a scalar, empty or large', async () => {
    expect(values(float([], [3]))).toEqual([3]);
    const empty = binding.createTensor([0, 3], DataType.float, new Float32Array());
    expect(await binding.tensorData(empty)).toEqual(new Float32Array());
    const large = Float32Array.from({ length: 100_000 }, (_, i) => i);
    expect(await binding.tensorData(binding.createTensor([100_000], DataType.float, large))).toEqual(large);
  });

  test('may view part of a buffer', () => {
    const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(values(binding.createTensor([2], DataType.float, part))).toEqual([2, 3]);
  });
});

describe('16-bit floats', () => {
  test.each([
    [
      'half',
      [0x3c00, 0xc000, 0x0001, 0x7c00, 0x8000, 0x3555],
      [1, -2, 2 ** -24, Infinity, -0, 0.333251953125],
    ],
    ['bfloat16', [0x3f80, 0xc000, 0x0000, 0x7f80, 0x8000, 0x4049], [1, -2, 0, Infinity, -0, 3.140625]],
  ] as const)('%s is given as bits and read as numbers or bytes', async (name, bits, numbers) => {
    const id = binding.createTensor([6], DataType[name], Uint16Array.from(bits));
    expect(binding.tensorDataSync(id)).toEqual(Float32Array.from(numbers));
    expect(new Uint16Array((await binding.tensorBytes(id)).buffer)).toEqual(Uint16Array.from(bits));
  });
});

describe('bytes', () => {
  test.each(['float', 'bfloat16', 'int64', 'bool', 'float8_e5m2'] as const)(
    'make a tensor of type %s',
    async (name) => {
      const bytes = Uint8Array.from({ length: 2 * dataTypeBytes(DataType[name]) }, (_, i) => i % 2);
      const id = binding.createTensorFromBytes([2], DataType[name], bytes);
      expect(await binding.tensorBytes(id)).toEqual(bytes);
    },
  );

  test('must have the length that the shape asks for', async () => {
    const error = await failure(() => binding.createTensorFromBytes([2], DataType.half, new Uint8Array(3)));
    expect(error.detail).toBe('bytes must have 4 bytes for shape [2] of half, got 3');
  });
});

describe('strings', () => {
  test('are given as text or bytes and read as bytes', async () => {
    const bytes = Uint8Array.of(0, 255, 10);
    const id = binding.createTensor([3], DataType.string, ['grüße', bytes, '']);
    const expected = [new TextEncoder().encode('grüße'), bytes, new Uint8Array()];
    expect(binding.tensorDataSync(id)).toEqual(expected);
    expect(await binding.tensorData(id)).toEqual(expected);
  });

  test('longer than TensorFlow keeps inline survive the deletion of their source', () => {
    const text = 'x'.repeat(5000);
    const id = binding.createTensor([1], DataType.string, [text]);
    const alias = binding.aliasTensor(id);
    binding.deleteTensor(id);
    expect(binding.tensorDataSync(alias)).toEqual([new TextEncoder().encode(text)]);
  });

  test.each([
    ['a number among them', ['a', 1], 'data[1] of a string tensor must be a Uint8Array, got 1'],
    ['too few', ['a'], 'data must have 2 strings for shape [2], got 1'],
    ['no array', 'ab', 'data of a string tensor must be an array, got "ab"'],
  ])('%s are refused', async (_, data, message) => {
    const error = await failure(() => binding.createTensor([2], DataType.string, data as string[]));
    expect(error.detail).toBe(message);
  });
});

describe('ids', () => {
  test('an alias keeps the memory alive', () => {
    const id = float([1], [5]);
    const alias = binding.aliasTensor(id);
    expect(alias).not.toBe(id);
    binding.deleteTensor(id);
    expect(values(alias)).toEqual([5]);
    binding.deleteTensor(alias);
  });

  test('a deleted id and one that never was are told apart', async () => {
    const id = float([1], [5]);
    binding.deleteTensor(id);
    for (const use of [
      () => binding.tensorDataSync(id),
      () => binding.deleteTensor(id),
      () => binding.tensorData(id),
    ]) {
      expect(await failure(use)).toMatchObject({ codeName: 'NOT_FOUND', detail: `tensor ${id} was deleted` });
    }
    expect((await failure(() => binding.tensorMetadata(1e9))).detail).toBe(
      'tensor 1000000000 does not exist',
    );
  });

  test('are counted', () => {
    const before = binding.stats().tensors;
    const ids = [float([], [1]), float([], [2])];
    expect(binding.stats().tensors).toBe(before + 2);
    for (const id of ids) binding.deleteTensor(id);
    expect(binding.getNumOfTensors()).toBe(before);
  });
});

describe('wrong arguments', () => {
  const data = new Float32Array(2);
  const make = binding.createTensor as (...args: unknown[]) => number;
  test.each([
    ['shape too small', [[3], 1, data], 'data must have 3 elements for shape [3], got 2'],
    [
      'negative dimension',
      [[-1], 1, data],
      'shape[0] must be an integer between 0 and 9007199254740991, got -1',
    ],
    ['fraction', [[1.5], 1, data], 'shape[0] must be an integer between 0 and 9007199254740991, got 1.5'],
    ['no shape', [undefined, 1, data], 'shape must be an array, got undefined'],
    ['rank 255', [Array(255).fill(1), 1, data], 'shape must have at most 254 dimensions, got 255'],
    ['huge', [[2 ** 40, 2 ** 40], 1, data], 'shape [1099511627776, 1099511627776] has too many elements'],
    [
      'other array',
      [[2], 1, new Int32Array(2)],
      'data of a tensor of type float must be a Float32Array, got a Int32Array',
    ],
    ['no array', [[2], 1, [1, 2]], 'data of a tensor of type float must be a typed array, got an array of 2'],
    ['unknown type', [[2], 99, data], 'dtype must be an integer between 1 and 33, got 99'],
    ['variant', [[2], 21, data], 'a tensor of type variant cannot be made from data'],
    ['reference', [[2], DataType.resource, data], 'a tensor of type resource cannot be made from data'],
  ])('%s is INVALID_ARGUMENT', async (_, args, message) => {
    const error = await failure(() => make(...args));
    expect(error).toMatchObject({
      name: 'TensorFlowError',
      code: 3,
      codeName: 'INVALID_ARGUMENT',
      detail: message,
    });
    expect(error.message).toBe(`[tensorflow] INVALID_ARGUMENT: ${message}`);
  });

  test('types that no JavaScript array holds are read as bytes only', async () => {
    const id = binding.createTensorFromBytes([1], DataType.float8_e5m2, Uint8Array.of(1));
    expect((await failure(() => binding.tensorDataSync(id))).detail).toContain('use tensorBytes');
    expect((await failure(() => binding.tensorData(id))).detail).toContain('use tensorBytes');
  });
});
