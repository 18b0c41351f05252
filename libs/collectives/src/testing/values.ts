/** Test data whose sum depends on the order of addition, foreseeable on every rank. */

import { createHash } from 'node:crypto';

/** For comparing large arrays bit by bit. */
export function hashOf(values: Float32Array): string {
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

/** ((x0 + x1) + x2) + ... in float32. */
export function sumInRankOrder(worldSize: number, length: number, salt = 0): Float32Array {
  const sum = rankValues(0, length, salt);
  for (let rank = 1; rank < worldSize; rank++) {
    const own = rankValues(rank, length, salt);
    for (let i = 0; i < length; i++) sum[i] = Math.fround(sum[i]! + own[i]!);
  }
  return sum;
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
  const line = 16;
  const roundUp = (length: number): number => Math.ceil(length / line) * line;
  if (lengths.reduce((sum, length) => sum + 4 * length, 0) <= 16 * 2 ** 10) {
    return sumsInRankOrder(worldSize, lengths);
  }
  const total = lengths.reduce((sum, length) => sum + roundUp(length), 0);
  const segment = roundUp(Math.ceil(total / worldSize));
  let start = 0;
  return lengths.map((length, i) => {
    const parts = Array.from({ length: worldSize }, (_, rank) => rankValues(rank, length, i));
    const sums = Float32Array.from({ length }, (_, element) => {
      const first = Math.floor((start + element) / segment);
      let sum = 0;
      for (let hop = 0; hop < worldSize; hop++) {
        const own = parts[(first + hop) % worldSize]![element]!;
        sum = hop === 0 ? own : Math.fround(sum + own);
      }
      return sum;
    });
    start += roundUp(length);
    return sums;
  });
}
