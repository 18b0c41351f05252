import { describe, expect, it } from 'vitest';
import { bucketRows, bucketsOf } from './histogram.ts';

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

describe('bucketsOf', () => {
  it('divides the range of the values into 30 buckets, the last one closed', () => {
    const { edges, counts } = bucketsOf(Float32Array.from({ length: 301 }, (_, index) => index / 10));
    expect([edges.length, counts.length]).toEqual([31, 30]);
    expect([edges[0], edges[15], edges[30]]).toEqual([0, 15, 30]);
    expect(counts[29]).toBe(11);
    expect(sum(counts)).toBe(301);
  });

  it('counts equal values in the last bucket', () => {
    const { edges, counts } = bucketsOf([2.5, 2.5, 2.5]);
    expect([edges[0], edges[30], counts[28], counts[29]]).toEqual([2.5, 2.5, 0, 3]);
  });

  it('leaves out what is not finite', () => {
    const { edges, counts } = bucketsOf([Number.NaN, -1, Infinity, 1, -Infinity]);
    expect([edges[0], edges[30], sum(counts)]).toEqual([-1, 1, 2]);
  });

  it.each([[[]], [[Number.NaN]]])('has empty buckets for %j', (values) => {
    expect(sum(bucketsOf(values).counts)).toBe(0);
  });
});

describe('bucketRows', () => {
  it('lists left edge, right edge and count', () => {
    expect([...bucketRows({ edges: [0, 1, 3], counts: [5, 7] })]).toEqual([0, 1, 5, 1, 3, 7]);
  });

  it('refuses edges and counts that do not belong together', () => {
    expect(() => bucketRows({ edges: [0, 1], counts: [5, 7] })).toThrow(
      'one edge more than counts, got 2 and 2',
    );
  });
});
