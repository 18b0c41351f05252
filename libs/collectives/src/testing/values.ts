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
