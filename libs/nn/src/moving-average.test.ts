import { describe, expect, it } from 'vitest';
import { averageDecay } from './moving-average.ts';

describe('decay of a moving average', () => {
  it('halves an old weight after the half-life', () => {
    const decay = averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 1e9);
    expect(decay ** (10_000 / 50)).toBeCloseTo(0.5, 9);
  });

  it('ramps up with the images seen: 2,000 images give a half-life of 100', () => {
    expect(averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 2000)).toBeCloseTo(0.5 ** 0.5, 9);
  });

  it('copies at the start, and always with a half-life of 0', () => {
    expect(averageDecay({ halfLifeKimg: 10, ramp: 0.05 }, 50, 0)).toBe(0);
    expect(averageDecay({ halfLifeKimg: 0, ramp: 0.05 }, 50, 1e6)).toBe(0);
  });
});
