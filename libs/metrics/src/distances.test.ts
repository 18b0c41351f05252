import { random, startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { frechetDistance } from './frechet-distance.ts';
import { kernelDistance } from './kernel-distance.ts';
import { MomentsGatherer, type Moments } from './moments.ts';

beforeAll(() => startEngine({}));

async function normals(seed: number, rows: number, dims: number): Promise<Float32Array> {
  return (await random.normal([rows, dims], random.key(seed, 'test')).data()) as Float32Array;
}

async function momentsOf(features: Float32Array, dims: number, batch = 7): Promise<Moments> {
  const gatherer = new MomentsGatherer(dims);
  for (let at = 0; at < features.length; at += batch * dims)
    await gatherer.add(features.subarray(at, at + batch * dims));
  const moments = await gatherer.finish();
  gatherer.dispose();
  return moments;
}

const gaussian = (mean: number[], covariance: number[][]): Moments => ({
  count: 100,
  mean: Float64Array.from(mean),
  covariance: Float64Array.from(covariance.flat()),
});

describe('moments', () => {
  it('are those of the whole set, however it was cut into batches', async () => {
    const rows = [
      [1, 10],
      [2, 8],
      [4, 3],
      [9, -1],
    ];
    const { count, mean, covariance } = await momentsOf(Float32Array.from(rows.flat()), 2, 3);
    expect(count).toBe(4);
    expect([...mean]).toEqual([4, 5]);
    const [a, b, c, d] = covariance;
    expect([a, b, c, d].map((value) => value!.toFixed(9))).toEqual(
      [38 / 3, -17, -17, 74 / 3].map((value) => value.toFixed(9)),
    );
  });

  it('refuse rows of another width, and a single row', async () => {
    const gatherer = new MomentsGatherer(3);
    await expect(gatherer.add(new Float32Array(4))).rejects.toThrow('rows of 3 numbers, got 4');
    await gatherer.add(new Float32Array(3));
    await expect(gatherer.finish()).rejects.toThrow('2 or more samples, got 1');
    gatherer.dispose();
  });
});

describe('the Frechet distance', () => {
  it('is nothing between equal moments, also singular ones', async () => {
    const features = await normals(1, 10, 24);
    const moments = await momentsOf(features, 24);
    expect(Math.abs(await frechetDistance(moments, moments))).toBeLessThan(1e-6);
  });

  it('is |a|^2 after a shift by a', async () => {
    const features = await normals(2, 200, 3);
    const moved = features.map((value, i) => value + [1, 2, -2][i % 3]!);
    expect(await frechetDistance(await momentsOf(features, 3), await momentsOf(moved, 3))).toBeCloseTo(9, 4);
  });

  it('is m^2 + (s - 1)^2 between N(0, 1) and N(m, s^2)', async () => {
    expect(await frechetDistance(gaussian([0], [[1]]), gaussian([3], [[6.25]]))).toBeCloseTo(9 + 2.25, 9);
  });

  it('takes the root of a product that does not commute: S1 = diag(4, 1), S2 = [[2, 1], [1, 2]]', async () => {
    // Eigenvalues of S1 S2 are 5 +- sqrt(13): tr of the root is the sum of their roots.
    const root = Math.sqrt(5 + Math.sqrt(13)) + Math.sqrt(5 - Math.sqrt(13));
    const a = gaussian(
      [0, 0],
      [
        [4, 0],
        [0, 1],
      ],
    );
    const b = gaussian(
      [0, 0],
      [
        [2, 1],
        [1, 2],
      ],
    );
    expect(await frechetDistance(a, b)).toBeCloseTo(9 - 2 * root, 9);
    expect(await frechetDistance(b, a)).toBeCloseTo(9 - 2 * root, 9);
  });
});

describe('the kernel distance', () => {
  it('of two draws from one distribution is near nothing, on either side', async () => {
    const [a, b] = [await normals(3, 400, 8), await normals(4, 400, 8)];
    const { mean, standardDeviation } = await kernelDistance(a, b, 8, { subsets: 20, subsetSize: 200 });
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(standardDeviation).toBeGreaterThan(0);
  });

  it('is the estimate by hand for two points a side', async () => {
    const k = (x: number, y: number): number => (x * y + 1) ** 3;
    const expected = k(1, 2) + k(-1, 3) - (2 * (k(1, -1) + k(1, 3) + k(2, -1) + k(2, 3))) / 4;
    const { mean } = await kernelDistance(Float32Array.of(1, 2), Float32Array.of(-1, 3), 1, { subsets: 3 });
    expect(mean).toBeCloseTo(expected, 9);
  });

  it('chooses the same subsets for the same seed', async () => {
    const [a, b] = [await normals(5, 50, 4), await normals(6, 60, 4)];
    const options = { subsets: 3, subsetSize: 10 };
    const first = await kernelDistance(a, b, 4, { ...options, seed: 1 });
    expect(await kernelDistance(a, b, 4, { ...options, seed: 1 })).toEqual(first);
    expect(await kernelDistance(a, b, 4, { ...options, seed: 2 })).not.toEqual(first);
  });
});
