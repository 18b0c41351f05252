import { describe, expect, test } from 'vitest';
import { attr } from './attr.ts';
import { DataType } from './data-type.ts';
import type { OpAttr } from './native.ts';
import { failure, float, int, only, protos, start, values } from './test-support.ts';

const binding = start();
const typed = (name: string, type: number, value: never) => ({ name, type, value }) as OpAttr;

describe('executeOp', () => {
  test('runs an op and describes its outputs', () => {
    const x = float([2, 2], [1, 2, 3, 4]);
    const [y] = binding.executeOp('MatMul', [], [x, x], 1);
    expect(y).toEqual({ id: expect.any(Number), shape: [2, 2], dtype: DataType.float });
    expect(values(y!.id)).toEqual([7, 10, 15, 22]);
  });

  test('takes typed attributes, and ignores those that the op does not have', () => {
    const x = float([1, 2], [1, 2]);
    const attrs = [
      typed('T', binding.TF_ATTR_TYPE, DataType.float as never),
      typed('transpose_b', binding.TF_ATTR_BOOL, true as never),
      typed('since_removed', binding.TF_ATTR_BOOL, true as never),
    ];
    expect(values(only(binding.executeOp('MatMul', attrs, [x, x], 1)))).toEqual([5]);
  });

  test('takes serialised attributes', () => {
    const x = float([1, 2], [1, 2]);
    const attrs = protos({ transpose_a: attr.bool(true) });
    expect(values(only(binding.executeOp('MatMul', attrs, [x, x], 1)))).toEqual([1, 2, 2, 4]);
  });

  test('takes every kind of typed attribute', () => {
    const image = float([1, 2, 2, 1], [1, 2, 3, 4]);
    const pool = [
      typed('ksize', binding.TF_ATTR_INT, [1, 2, 2, 1] as never),
      typed('strides', binding.TF_ATTR_INT, [1, 2, 2, 1] as never),
      typed('padding', binding.TF_ATTR_STRING, 'VALID' as never),
    ];
    expect(values(only(binding.executeOp('MaxPool', pool, [image], 1)))).toEqual([4]);
    const leak = [typed('alpha', binding.TF_ATTR_FLOAT, 0.5 as never)];
    expect(values(only(binding.executeOp('LeakyRelu', leak, [float([1], [-2])], 1)))).toEqual([-1]);
    const shape = [
      typed('dtype', binding.TF_ATTR_TYPE, DataType.float as never),
      typed('shape', binding.TF_ATTR_SHAPE, [2, 3] as never),
    ];
    const [handle] = binding.executeOp('VarHandleOp', shape, [], 1);
    expect(handle).toMatchObject({ dtype: DataType.resource });
  });

  test('takes lists flat with their length and type, or nested without', () => {
    const [a, b, axis] = [float([1], [1]), float([1], [2]), int(0)];
    const flat = binding.executeOp(
      'ConcatV2',
      protos({ N: attr.int(2), T: attr.type(DataType.float) }),
      [a, b, axis],
      1,
    );
    const nested = binding.executeOp('ConcatV2', [], [[a, b], axis], 1);
    expect(values(only(flat))).toEqual([1, 2]);
    expect(values(only(nested))).toEqual([1, 2]);
  });

  test('returns several outputs, or none', () => {
    const split = binding.executeOp(
      'Split',
      protos({ num_split: attr.int(2) }),
      [int(0), float([2], [1, 2])],
      2,
    );
    expect(split.map((output) => values(output.id))).toEqual([[1], [2]]);
    expect(binding.executeOp('NoOp', [], [], 0)).toEqual([]);
  });

  test('passes types through that JavaScript has no array for', async () => {
    const cast = protos({ DstT: attr.type(DataType.bfloat16) });
    const [x] = binding.executeOp('Cast', cast, [float([2], [1, 3])], 1);
    expect(x!.dtype).toBe(DataType.bfloat16);
    const sum = only(binding.executeOp('AddV2', [], [x!.id, x!.id], 1));
    expect(binding.tensorDataSync(sum)).toEqual(Float32Array.of(2, 6));
  });

  test('runs on the device it is given', () => {
    const x = float([1], [1]);
    expect(values(only(binding.executeOp('AddV2', [], [x, x], 1, { device: '/CPU:1' })))).toEqual([2]);
  });
});

describe("a failing op is a TensorFlowError with TensorFlow's code and text", () => {
  const x = float([2, 3], [1, 2, 3, 4, 5, 6]);
  const missing = binding.createTensor([], DataType.string, ['no such file']);
  test.each([
    ['unknown op', 'NOT_FOUND', () => binding.executeOp('NoSuchOp', [], [], 1), "'NoSuchOp' is neither"],
    [
      'wrong number of inputs',
      'INVALID_ARGUMENT',
      () => binding.executeOp('MatMul', [], [x], 1),
      'expected 2 inputs, got 1',
    ],
    [
      'too many inputs',
      'INVALID_ARGUMENT',
      () => binding.executeOp('MatMul', [], [x, x, x], 1),
      'MatMul takes 2 inputs, got 3',
    ],
    [
      'shapes that do not fit',
      'INVALID_ARGUMENT',
      () => binding.executeOp('MatMul', [], [x, x], 1),
      'MatMul: Matrix size-incompatible',
    ],
    ['mixed types', 'INVALID_ARGUMENT', () => binding.executeOp('AddV2', [], [x, int(1)], 1), 'AddV2'],
    ['too few outputs', 'INVALID_ARGUMENT', () => binding.executeOp('Neg', [], [x], 0), 'Neg'],
    [
      'unknown device',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', [], [x], 1, { device: '/GPU:7' }),
      'device',
    ],
    ['missing file', 'NOT_FOUND', () => binding.executeOp('ReadFile', [], [missing], 1), 'no such file'],
    [
      'unknown attribute',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', protos({ no: attr.int(1) }), [x], 1),
      'Neg has no attribute no',
    ],
    [
      'attribute that cannot be parsed',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', protos({ T: Uint8Array.of(255) }), [x], 1),
      'attribute T',
    ],
    [
      'deleted input',
      'NOT_FOUND',
      () => binding.executeOp('Neg', [], [10_000_000], 1),
      'tensor 10000000 does not exist',
    ],
    [
      'unknown lane',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', [], [x], 1, { lane: 'fast' as never }),
      'options.lane must be "compute" or "input", got "fast"',
    ],
    [
      'attribute kind without typed form',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', [typed('T', 6, 1 as never)], [x], 1),
      'attribute T has type 6',
    ],
    [
      'name that is no string',
      'INVALID_ARGUMENT',
      () => binding.executeOp(7 as never, [], [x], 1),
      'op must be a string, got 7',
    ],
    [
      'number of outputs missing',
      'INVALID_ARGUMENT',
      () => binding.executeOp('Neg', [], [x], undefined as never),
      'numOutputs must be an integer',
    ],
  ])('%s', async (_, codeName, run, text) => {
    const error = await failure(run);
    expect(error.codeName).toBe(codeName);
    expect(error.detail).toContain(text);
  });

  test('also when it runs asynchronously', async () => {
    const error = await failure(() => binding.executeOpAsync('MatMul', [], [x, x], 1));
    expect(error.message).toContain('[tensorflow] INVALID_ARGUMENT: MatMul: Matrix size-incompatible');
    expect(error.stack).toContain('TensorFlowError');
  });

  test('and leaves no tensor behind', async () => {
    const before = binding.stats().tensors;
    await failure(() => binding.executeOp('MatMul', [], [x, x], 1));
    await failure(() => binding.executeOpAsync('MatMul', [], [x, x], 1));
    expect(binding.stats().tensors).toBe(before);
  });
});

describe('the context', () => {
  test('lists the devices it was given', () => {
    expect(binding.devices().map((device) => device.type)).toEqual(['CPU', 'CPU']);
    expect(binding.isUsingGpuDevice()).toBe(false);
  });

  test('exists once', async () => {
    const error = await failure(() => binding.createContext(new Uint8Array()));
    expect(error).toMatchObject({
      codeName: 'FAILED_PRECONDITION',
      detail: 'this process already has its TensorFlow context',
    });
  });
});
