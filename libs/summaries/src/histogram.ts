/** Counts values into the 30 equal buckets that TensorBoard's histogram and distribution pages draw. */
import { SummaryError } from './summary-error.ts';

const numBuckets = 30;

/** `edges` has one more item than `counts`; bucket i goes from edges[i] to edges[i + 1]. */
export type Buckets = { readonly edges: ArrayLike<number>; readonly counts: ArrayLike<number> };

/** Rows of left edge, right edge, count, [k, 3]. */
export function bucketRows({ edges, counts }: Buckets): Float64Array {
  if (edges.length !== counts.length + 1) {
    throw new SummaryError(
      'bad-shape',
      `histogram needs one edge more than counts, got ${edges.length} and ${counts.length}`,
    );
  }
  const rows = new Float64Array(counts.length * 3);
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    rows.set([edges[bucket]!, edges[bucket + 1]!, counts[bucket]!], bucket * 3);
  }
  return rows;
}

/**
 * Buckets of equal width between the least and the greatest finite value; NaN and infinities have no place on the axis and
 * are left out. Values that are all equal count in the last bucket, of no width, as in TensorBoard's own writer.
 */
export function bucketsOf(values: ArrayLike<number>): Buckets {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Float64Array(numBuckets);
  const edges = new Float64Array(numBuckets + 1);
  if (low > high) return { edges, counts };

  const width = (high - low) / numBuckets;
  edges.forEach((_, index) => {
    edges[index] = index === numBuckets ? high : low + index * width;
  });
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    const bucket = width > 0 ? Math.min(numBuckets - 1, Math.floor((value - low) / width)) : numBuckets - 1;
    counts[bucket]! += 1;
  }
  return { edges, counts };
}
