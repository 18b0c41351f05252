/** What a checkpoint stores: named arrays of bytes with an element type and a shape. */

/** Bytes per element of each type, by its safetensors name. */
export const bytesPerElement = { F64: 8, I64: 8, F32: 4, I32: 4, F16: 2, BF16: 2, U8: 1, BOOL: 1 } as const;

export type TensorDtype = keyof typeof bytesPerElement;

/** A tensor's place in the state, without its data. */
export type TensorSpec = {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
};

/** `data` holds the elements in row-major order, little-endian. */
export type NamedTensor = TensorSpec & { readonly data: Uint8Array };

const maxNameLength = 512;
const maxRank = 32;

export const isDtype = (value: unknown): value is TensorDtype =>
  typeof value === 'string' && Object.hasOwn(bytesPerElement, value);

export const isName = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= maxNameLength &&
  !/\p{Cc}/u.test(value) &&
  value !== '__metadata__';

export const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= maxRank &&
  value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** Length of the tensor's data in bytes, or null where no memory could hold it. */
export function byteLength(dtype: TensorDtype, shape: readonly number[]): number | null {
  const bytes = shape.reduce((product, size) => product * size, bytesPerElement[dtype]);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** By code points' order of UTF-16, so that no locale has a say. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : Number(a.name > b.name);

/** For messages: `F32 [4, 4, 256]`. */
export const typeText = ({ dtype, shape }: Pick<TensorSpec, 'dtype' | 'shape'>): string =>
  `${dtype} [${shape.join(', ')}]`;
