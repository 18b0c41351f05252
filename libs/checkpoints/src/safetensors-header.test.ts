import { expect, test } from 'vitest';
import {
  encodeHeader,
  fileOrder,
  headerLength,
  maxHeaderBytes,
  parseHeader,
  prefixBytes,
} from './safetensors-header.ts';
import { byteLength, type TensorSpec } from './tensor.ts';

const specs: TensorSpec[] = [
  { name: 'b', dtype: 'F32', shape: [2, 3] },
  { name: 'a', dtype: 'F32', shape: [] },
  { name: 'flags', dtype: 'BOOL', shape: [3] },
  { name: '7', dtype: 'I64', shape: [1] },
  { name: 'none', dtype: 'F16', shape: [0] },
];
const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown, dataBytes: number) => () =>
  parseHeader(json(value), dataBytes, 'x.safetensors');
const f32 = (shape: number[], begin: number, end: number) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

test('what is written is read, widest elements first, aligned to eight bytes', () => {
  const ordered = fileOrder(specs);
  const header = encodeHeader(ordered, 'x');
  expect(header.length % 8).toBe(0);
  expect(headerLength(header, 10_000, 'x')).toBe(header.length - prefixBytes);
  const dataBytes = specs.reduce((sum, { dtype, shape }) => sum + byteLength(dtype, shape)!, 0);
  const found = parseHeader(header.subarray(prefixBytes), dataBytes, 'x');
  expect(found.map(({ name }) => name)).toEqual(['7', 'a', 'b', 'none', 'flags']);
  expect(found.map(({ begin }) => begin)).toEqual([0, 8, 12, 36, 36]);
});

test('a header longer than the limit or than the file is refused before it is read', () => {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(maxHeaderBytes) + 1n);
  expect(() => headerLength(prefix, 2 ** 40, 'x')).toThrow(/header of 100000001 bytes, at most/);
  prefix.writeBigUInt64LE(2n ** 63n);
  expect(() => headerLength(prefix, 2 ** 40, 'x')).toThrow(/malformed/);
  prefix.writeBigUInt64LE(93n);
  expect(() => headerLength(prefix, 100, 'x')).toThrow(/header of 93 bytes in a file of 100/);
  expect(() => headerLength(prefix, 7, 'x')).toThrow(/truncated/);
});

test.each([
  ['a hole', { a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12, 'leaves a hole'],
  ['an overlap', { a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12, 'overlaps'],
  ['two tensors on one range', { a: f32([1], 0, 4), b: f32([1], 0, 4) }, 4, 'overlaps'],
  ['a start that is not zero', { a: f32([1], 4, 8) }, 8, 'leaves a hole'],
  ['bytes after the last tensor', { a: f32([1], 0, 4) }, 8, 'tensors end at byte 4 of 8'],
  ['an end out of bounds', { a: f32([2], 0, 8) }, 4, 'offsets 0 to 8 in 4 bytes'],
  ['offsets in reverse', { a: f32([1], 4, 0) }, 4, 'offsets 4 to 0'],
  ['a negative offset', { a: f32([1], -4, 0) }, 4, 'no pair of offsets'],
  ['a shape that does not fit', { a: f32([3], 0, 8) }, 8, 'F32 [3] needs 12 bytes, its offsets give 8'],
  ['a shape whose product overflows', { a: f32([2 ** 40, 2 ** 40], 0, 8) }, 8, 'needs too many bytes'],
  ['a negative size', { a: f32([-1], 0, 4) }, 4, 'not a list of sizes'],
  ['a fractional size', { a: f32([0.5], 0, 2) }, 2, 'not a list of sizes'],
  ['an unknown dtype', { a: { dtype: 'F31', shape: [1], data_offsets: [0, 4] } }, 4, 'dtype "F31"'],
  [
    'an inherited name as dtype',
    { a: { dtype: 'toString', shape: [1], data_offsets: [0, 4] } },
    4,
    'dtype "toString"',
  ],
  ['an unknown key', { a: { ...f32([1], 0, 4), code: 'x' } }, 4, 'unknown key "code"'],
  ['an empty name', { '': f32([1], 0, 4) }, 4, 'a name that is empty'],
  ['a control character in a name', { 'a\u0000': f32([1], 0, 4) }, 4, 'control characters'],
  ['metadata that is not text', { __metadata__: { a: 1 }, a: f32([1], 0, 4) }, 4, 'reserved'],
  ['a list', [f32([1], 0, 4)], 4, 'not a JSON object'],
  ['no JSON', '{"a": ', 4, 'header is not JSON'],
  ['leading space', ' {}', 0, 'not a JSON object'],
  [
    'one name twice',
    `{"a":${JSON.stringify(f32([0], 0, 0))},"\\u0061":${JSON.stringify(f32([1], 0, 4))}}`,
    4,
    'has "a" twice',
  ],
  [
    'one key of an entry twice',
    '{"a":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}',
    4,
    'has "shape" twice',
  ],
])('%s is refused', (_, header, dataBytes, message) => {
  expect(parse(header, dataBytes)).toThrow(message);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseHeader(Buffer.from([0x7b, 0xff, 0x7d]), 0, 'x')).toThrow('header is not JSON');
});

test('a header without tensors belongs to a file without data', () => {
  expect(parse({}, 0)()).toEqual([]);
  expect(parse({ __metadata__: { format: 'pt' } }, 0)()).toEqual([]);
});
