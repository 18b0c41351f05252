/** In how few micro-batches a worker's share of a batch fits its memory. Pure, but for what `bytesAt` does. */

/** Divisors of `share`, from 1 up. */
export function divisors(share: number): number[] {
  return Array.from({ length: share }, (_, i) => i + 1).filter((n) => share % n === 0);
}

/**
 * The smallest number of equal micro-batches of `candidates`, in rising order, with which `bytesAt` is at most `limit`, or null
 * where none has few enough samples. `bytesAt(accumulate)` falls with `accumulate`; it is slow, so it is asked for few of them.
 */
export function smallestAccumulation(
  candidates: readonly number[],
  limit: number,
  bytesAt: (accumulate: number) => number,
): number | null {
  let [low, high] = [0, candidates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bytesAt(candidates[middle]!) <= limit) high = middle;
    else low = middle + 1;
  }
  return candidates[low] ?? null;
}
