/** Frechet distance between two Gaussians (Dowson and Landau, 1982): in Inception's features, the FID of Heusel et al. (2017). */
import { Double, scoped } from './double.ts';
import type { Moments } from './moments.ts';

/**
 * |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)). The root's trace is taken from the eigenvalues of S1^(1/2) S2 S1^(1/2), which
 * is symmetric: no imaginary parts, and a singular covariance needs nothing added to its diagonal.
 */
export async function frechetDistance(a: Moments, b: Moments): Promise<number> {
  const dims = a.mean.length;
  if (b.mean.length !== dims)
    throw new RangeError(`features have ${dims} and ${b.mean.length} dimensions; use one extractor for both`);
  let distance = 0;
  for (let i = 0; i < dims; i++) {
    distance += (a.mean[i]! - b.mean[i]!) ** 2;
    distance += a.covariance[i * dims + i]! + b.covariance[i * dims + i]!;
  }
  // Between equal sets rounding may go below nothing.
  return Math.max(0, distance - 2 * (await traceOfRoot(a.covariance, b.covariance, dims)));
}

async function traceOfRoot(first: Float64Array, second: Float64Array, dims: number): Promise<number> {
  return scoped(async (keep) => {
    const shape = [dims, dims];
    const { values, vectors } = await keep(Double.of(first, shape)).eigen();
    const scale = keep(Double.of((await keep(values).data()).map(rootOf), [dims]));
    const scaled = keep(await keep(vectors).times(scale));
    const root = keep(await scaled.product(vectors, { transposeB: true }));
    const left = keep(await root.product(keep(Double.of(second, shape))));
    const middle = await keep(await left.product(root)).eigen();
    keep(middle.vectors);
    return (await keep(middle.values).data()).reduce((sum, value) => sum + rootOf(value), 0);
  });
}

/** A covariance has no negative eigenvalues but for rounding. */
const rootOf = (value: number): number => Math.sqrt(Math.max(value, 0));
