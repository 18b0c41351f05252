/** Kernel distance (KID; Binkowski et al., 2018): unbiased squared maximum mean discrepancy with a cubic kernel, over subsets. */
import { random, type Key } from '@kiln/engine';
import { Double, scoped } from './double.ts';

export interface KernelDistanceOptions {
  readonly subsets?: number;
  /** Samples of each side in one subset; at most as many as there are. */
  readonly subsetSize?: number;
  /** Chooses the subsets. */
  readonly seed?: number;
}

export interface KernelDistance {
  /** Over the subsets; may be slightly negative, as the estimate is unbiased. */
  readonly mean: number;
  readonly standardDeviation: number;
  readonly subsetSize: number;
}

/** a, b: `[n, dims]` and `[m, dims]`, row-major. k(x, y) = (x.y / dims + 1)^3. */
export async function kernelDistance(
  a: Float32Array,
  b: Float32Array,
  dims: number,
  { subsets = 100, subsetSize = 1000, seed = 0 }: KernelDistanceOptions = {},
): Promise<KernelDistance> {
  const [rowsA, rowsB] = [a.length / dims, b.length / dims];
  const size = Math.min(subsetSize, rowsA, rowsB);
  if (size < 2) throw new RangeError(`a kernel distance needs 2 or more samples of each side, got ${size}`);
  const key = random.key(seed, 'kernel-distance');
  const estimates: number[] = [];
  for (let subset = 0; subset < subsets; subset++) {
    const x = pick(a, dims, await choose(rowsA, size, random.fold(key, 2 * subset)));
    const y = pick(b, dims, await choose(rowsB, size, random.fold(key, 2 * subset + 1)));
    estimates.push(await discrepancy(x, y, size, dims));
  }
  key.dispose();
  const mean = estimates.reduce((sum, value) => sum + value, 0) / subsets;
  const variance = estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / subsets;
  return { mean, standardDeviation: Math.sqrt(variance), subsetSize: size };
}

/** `size` of `rows` indices without repetition; disposes the key. */
async function choose(rows: number, size: number, key: Key): Promise<number[]> {
  const draws = random.uniform([rows], key);
  const values = await draws.data();
  draws.dispose();
  key.dispose();
  const order = Array.from({ length: rows }, (_, row) => row);
  return order.toSorted((i, j) => values[i]! - values[j]! || i - j).slice(0, size);
}

function pick(features: Float32Array, dims: number, rows: readonly number[]): Float32Array {
  const picked = new Float32Array(rows.length * dims);
  for (const [at, row] of rows.entries())
    picked.set(features.subarray(row * dims, (row + 1) * dims), at * dims);
  return picked;
}

async function discrepancy(x: Float32Array, y: Float32Array, size: number, dims: number): Promise<number> {
  return scoped(async (keep) => {
    const left = keep(await Double.widened(x, [size, dims]));
    const right = keep(await Double.widened(y, [size, dims]));
    const kernel = async (p: Double, q: Double): Promise<Float64Array> => {
      const products = await keep(await p.product(q, { transposeB: true })).data();
      return products.map((value) => (value / dims + 1) ** 3);
    };
    const xx = sums(await kernel(left, left), size);
    const yy = sums(await kernel(right, right), size);
    const xy = sums(await kernel(left, right), size);
    const pairs = size * (size - 1);
    return (xx.all - xx.diagonal) / pairs + (yy.all - yy.diagonal) / pairs - (2 * xy.all) / size ** 2;
  });
}

function sums(kernel: Float64Array, size: number): { all: number; diagonal: number } {
  let all = 0;
  let diagonal = 0;
  for (const value of kernel) all += value;
  for (let i = 0; i < size; i++) diagonal += kernel[i * size + i]!;
  return { all, diagonal };
}
