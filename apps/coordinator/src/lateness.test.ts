import { describe, expect, it } from 'vitest';
import { LatenessMeter } from './lateness.ts';

const after = (...intervals: number[]): LatenessMeter => {
  const meter = new LatenessMeter(50);
  let now = 1_000;
  meter.beat(now);
  for (const interval of intervals) meter.beat((now += interval));
  return meter;
};

describe('LatenessMeter', () => {
  it('knows nothing before the second beat', () => {
    expect(after().summary()).toEqual({ beats: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
  });

  it('counts from the nominal interval; an early beat is not late', () => {
    expect(after(50, 30).summary()).toEqual({ beats: 2, p50Ms: 0, p99Ms: 0, maxMs: 0 });
    expect(after(90.5).summary()).toEqual({ beats: 1, p50Ms: 40.5, p99Ms: 40.5, maxMs: 40.5 });
  });

  it('says no less than the truth, by at most a millisecond', () => {
    const intervals = Array.from({ length: 1_000 }, (_, index) => 50 + index / 10);
    const { beats, p50Ms, p99Ms, maxMs } = after(...intervals).summary();
    expect({ beats, p50Ms, p99Ms }).toEqual({ beats: 1_000, p50Ms: 50, p99Ms: 99 });
    expect(maxMs).toBeCloseTo(99.9, 3);
  });

  it('keeps the maximum of what is beyond its bins', () => {
    expect(after(60, 9_050).summary()).toEqual({ beats: 2, p50Ms: 11, p99Ms: 9_000, maxMs: 9_000 });
  });

  it('leaves out the interval over a pause', () => {
    const meter = after(50);
    meter.pause();
    meter.beat(99_000);
    meter.beat(99_060);
    expect(meter.summary()).toMatchObject({ beats: 2, maxMs: 10 });
  });
});
