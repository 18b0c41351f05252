/** Test data whose sum depends on the order of addition, foreseeable on every rank. */

import { createHash } from 'node:crypto';

/** For comparing large arrays bit by bit. */
export function hashOf(values: Float32Array | Int32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}

/** Values of very different size, so that float32 sums in another order have other bits. */
export function rankValues(rank: number, length: number, salt = 0): Float32Array {
  let state = (rank * 7919 + salt * 104_729 + 12_345) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const exponent = ((state >>> 8) % 13) - 6;
    return ((state / 2 ** 32) * 2 - 1) * 10 ** exponent;
  });
}

export type ElementType = 'float' | 'bfloat16' | 'half' | 'int32';
export type Reduction = 'sum' | 'mean' | 'max';

/** Nearest number with so many bits of fraction, ties to even; half and bfloat16 differ in this and in their least exponent. */
function roundTo(value: number, fractionBits: number, leastExponent: number): number {
  if (value === 0) return value;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), leastExponent);
  const unit = 2 ** (exponent - fractionBits);
  const scaled = value / unit;
  const near = Math.round(scaled);
  return (Math.abs(scaled % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near) * unit;
}

const round: Readonly<Record<ElementType, (value: number) => number>> = {
  float: Math.fround,
  bfloat16: (value) => roundTo(value, 7, -126),
  half: (value) => roundTo(value, 10, -14),
  int32: (value) => value | 0,
};

/** One rank's values in a type's range: halves stay finite, integers overflow when they are summed. */
export function typedValues(
  dtype: ElementType,
  rank: number,
  length: number,
  salt = 0,
): Float32Array | Int32Array {
  const values = rankValues(rank, length, salt);
  if (dtype === 'int32') return Int32Array.from(values, (value) => Math.trunc(value * 1000));
  return dtype === 'half' ? values.map((value) => value / 1000) : values;
}

/** What an all-reduce must give, to the bit: 16-bit floats are summed in 32 bits and rounded once, integers wrap around. */
export function reduceInRankOrder(
  dtype: ElementType,
  reduction: Reduction,
  worldSize: number,
  length: number,
  salt = 0,
): Float32Array | Int32Array {
  const wide = dtype === 'int32' ? round.int32 : Math.fround;
  const total = typedValues(dtype, 0, length, salt).map(round[dtype]);
  for (let rank = 1; rank < worldSize; rank++) {
    const own = typedValues(dtype, rank, length, salt).map(round[dtype]);
    for (let i = 0; i < length; i++) {
      total[i] = reduction === 'max' ? Math.max(total[i]!, own[i]!) : wide(total[i]! + own[i]!);
    }
  }
  return total.map((value) => round[dtype](reduction === 'mean' ? wide(value / worldSize) : value));
}

const ranksOf = (worldSize: number): number[] => Array.from({ length: worldSize }, (_, rank) => rank);

/** ((x0 + x1) + x2) + ... in float32. */
function addInOrder(parts: readonly Float32Array[]): Float32Array {
  const sum = parts[0]!.slice();
  for (const own of parts.slice(1))
    for (let i = 0; i < sum.length; i++) sum[i] = Math.fround(sum[i]! + own[i]!);
  return sum;
}

export function sumInRankOrder(worldSize: number, length: number, salt = 0): Float32Array {
  return addInOrder(ranksOf(worldSize).map((rank) => rankValues(rank, length, salt)));
}

/** Tensors of the given lengths, summed as one call over shared memory: in rank order. */
export function sumsInRankOrder(worldSize: number, lengths: readonly number[]): Float32Array[] {
  return lengths.map((length, i) => sumInRankOrder(worldSize, length, i));
}

/**
 * The same summed around the ring: the row of all tensors, each beginning on a cache line, is cut into one segment for
 * each rank, and segment s is ((x[s] + x[s+1]) + ... ) + x[s-1]. Small calls are summed in rank order.
 */
export function sumsAlongRing(worldSize: number, lengths: readonly number[]): Float32Array[] {
  return addAlongRing(
    lengths.map((length, i) => ranksOf(worldSize).map((rank) => rankValues(rank, length, i))),
  );
}

/** The same with two ranks on a host: each host's sum, then these around the ring. */
export function sumsOfHosts(worldSize: number, lengths: readonly number[]): Float32Array[] {
  const ofHost = (host: number, length: number, salt: number): Float32Array => {
    const ranks = ranksOf(worldSize).filter((rank) => hostOf(rank) === host);
    return addInOrder(ranks.map((rank) => rankValues(rank, length, salt)));
  };
  const hosts = ranksOf(hostOf(worldSize - 1) + 1);
  return addAlongRing(lengths.map((length, i) => hosts.map((host) => ofHost(host, length, i))));
}

/** Where the ranks of a test are that share hosts. */
export const hostOf = (rank: number): number => rank >> 1;

/** `tensors`: of each, what every rank of the ring brings. */
function addAlongRing(tensors: readonly Float32Array[][]): Float32Array[] {
  const line = 16;
  const roundUp = (length: number): number => Math.ceil(length / line) * line;
  const lengths = tensors.map(([first]) => first!.length);
  if (lengths.reduce((sum, length) => sum + 4 * length, 0) <= 16 * 2 ** 10) return tensors.map(addInOrder);
  const size = tensors[0]!.length;
  const segment = roundUp(Math.ceil(lengths.reduce((sum, length) => sum + roundUp(length), 0) / size));
  let start = 0;
  return tensors.map((parts) => {
    const sums = parts[0]!.map((_, element) => {
      const first = Math.floor((start + element) / segment);
      let sum = parts[first % size]![element]!;
      for (let hop = 1; hop < size; hop++) sum = Math.fround(sum + parts[(first + hop) % size]![element]!);
      return sum;
    });
    start += roundUp(sums.length);
    return sums;
  });
}
