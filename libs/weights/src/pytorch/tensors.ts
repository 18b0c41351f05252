/** Tensors of a PyTorch file: which names a pickle may use, and their values out of the storages that they view. */
import { WeightError } from '../weight-error.ts';
import { widen, type WeightArray } from '../weights.ts';
import { Attributes, type Global } from './unpickle.ts';

type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

const bytesPerElement = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

const storageTypes: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

/** A stretch of memory that tensors view; `key` says where the file has it. */
export class Storage {
  readonly key: string;
  readonly dtype: Dtype;
  readonly length: number;

  constructor(key: string, dtype: Dtype, length: number) {
    this.key = key;
    this.dtype = dtype;
    this.length = length;
  }

  get bytes(): number {
    return this.length * bytesPerElement[this.dtype];
  }
}

/** A view of a storage, in elements. */
export class StoredTensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: Storage, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

/** What a state dictionary is made of; everything else that a pickle names is refused. */
export function allowedGlobals(file: string): ReadonlyMap<string, Global> {
  const malformed = (what: string): never => {
    throw new WeightError('malformed', file, `its pickle is damaged: ${what}`);
  };
  const tensor = ([storage, offset, shape, strides]: readonly unknown[]): StoredTensor => {
    if (!(storage instanceof Storage) || !isCount(offset) || !areCounts(shape) || !areCounts(strides))
      return malformed('a tensor without storage, shape or strides');
    return new StoredTensor(checkView(storage, offset, shape, strides, malformed), offset, shape, strides);
  };
  const dictionary = ([pairs = []]: readonly unknown[]): Map<unknown, unknown> => {
    if (Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
      return new Map(pairs as [unknown, unknown][]);
    return malformed('an OrderedDict that is not made of pairs');
  };
  const first = ([value = null]: readonly unknown[]): unknown => value;
  const builders: Record<string, Global['build']> = {
    'collections.OrderedDict': dictionary,
    // The options of a training program, which some keep in their checkpoints; the second is pytorch_GAN_zoo's.
    'argparse.Namespace': () => new Attributes(),
    'models.utils.config.BaseConfig': () => new Attributes(),
    'torch._utils._rebuild_tensor': tensor,
    'torch._utils._rebuild_tensor_v2': tensor,
    'torch._utils._rebuild_parameter': first,
    'torch.Size': first,
  };
  const types = Object.keys(storageTypes).map((name): [string, Global] => [`torch.${name}`, { name }]);
  return new Map([
    ...Object.entries(builders).map(([name, build]): [string, Global] => [name, { name, build: build! }]),
    ...types,
  ]);
}

function checkView(
  storage: Storage,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  malformed: (what: string) => never,
): Storage {
  if (shape.length !== strides.length) malformed('a tensor with other numbers of sizes and strides');
  const elements = shape.reduce((a, b) => a * b, 1);
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, offset);
  if (elements > 0 && !(last < storage.length && elements <= storage.length))
    malformed(`a tensor of shape [${shape.join(', ')}] lies beyond its storage of ${storage.length} numbers`);
  return storage;
}

/** The storage that a persistent id `('storage', type, key, location, length, ...)` names. */
export function storageOf(id: unknown, file: string): Storage {
  const [kind, type, key, , length] = Array.isArray(id) ? (id as unknown[]) : [];
  const dtype = storageTypes[(type as Partial<Global> | undefined)?.name ?? ''];
  if (kind !== 'storage' || typeof key !== 'string' || dtype === undefined || !isCount(length))
    throw new WeightError(
      'malformed',
      file,
      'its pickle is damaged: a storage that is not named as PyTorch names them',
    );
  return new Storage(key, dtype, length);
}

/** The storage's numbers as float32. `bytes` is little-endian and as long as the storage. */
export function numbersOf({ dtype }: Storage, bytes: Uint8Array): Float32Array {
  const { buffer } = Uint8Array.from(bytes);
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'F16':
    case 'BF16':
      return widen(dtype, new Uint8Array(buffer));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer));
    case 'I16':
      return Float32Array.from(new Int16Array(buffer));
    case 'I8':
      return Float32Array.from(new Int8Array(buffer));
    default:
      return Float32Array.from(new Uint8Array(buffer));
  }
}

/** The tensor's values, row-major and its own. */
export function valuesOf({ offset, shape, strides }: StoredTensor, numbers: Float32Array): WeightArray {
  const length = shape.reduce((a, b) => a * b, 1);
  if (isContiguous(shape, strides)) return { shape, values: numbers.slice(offset, offset + length) };
  const values = new Float32Array(length);
  let at = 0;
  const visit = (axis: number, from: number): void => {
    const size = shape[axis];
    if (size === undefined) values[at++] = numbers[from]!;
    else for (let i = 0; i < size; i++) visit(axis + 1, from + i * strides[axis]!);
  };
  visit(0, offset);
  return { shape, values };
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  return shape.toReversed().every((size, i) => {
    const isNext = size === 1 || strides.at(-1 - i) === expected;
    expected *= size;
    return isNext;
  });
}
