import { describe, expect, it } from 'vitest';
import { growthSchedule } from './growth.ts';

const paper = growthSchedule({
  startResolution: 4,
  resolution: 1024,
  holdKimg: 600,
  fadeKimg: 600,
  maxBatches: { 64: 32, 512: 8 },
});

describe('the schedule of growth', () => {
  it('changes at 600, 1200, 1800 kimg and ends with the full side', () => {
    expect(paper.stages.slice(0, 4).map(({ name, fromKimg }) => [name, fromKimg])).toEqual([
      ['4x4', 0],
      ['8x8 fading in', 600],
      ['8x8', 1200],
      ['16x16 fading in', 1800],
    ]);
    expect(paper.stages).toHaveLength(17);
    expect(paper.stages.at(-1)).toMatchObject({ name: '1024x1024', fromKimg: 9600 });
  });

  it('fades linearly and holds at 1', () => {
    const at = (kimg: number): number => paper.alpha(kimg * 1000);
    expect([0, 599.9, 600, 750, 900, 1200, 1799, 1800].map(at)).toEqual([1, 1, 0, 0.25, 0.5, 1, 1, 0]);
    expect([0, 600, 1200, 1800, 99_999].map((kimg) => paper.side(kimg * 1000))).toEqual([4, 8, 8, 16, 1024]);
  });

  it('lowers the batch from a side on', () => {
    expect(paper.stages.map(({ maxBatch }) => maxBatch)).toEqual([
      ...Array.from({ length: 7 }, () => undefined),
      ...Array.from({ length: 6 }, () => 32),
      ...Array.from({ length: 4 }, () => 8),
    ]);
  });

  it('of one side has one stage', () => {
    const still = growthSchedule({ startResolution: 16, resolution: 16, holdKimg: 1, fadeKimg: 1 });
    expect(still.stages).toHaveLength(1);
    expect(still.alpha(5000)).toBe(1);
  });
});
