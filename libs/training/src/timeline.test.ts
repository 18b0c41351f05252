import type { Game, Stage } from '@kiln/recipes';
import { describe, expect, it } from 'vitest';
import { growingGame } from './testing/growing-game.ts';
import { Timeline } from './timeline.ts';

const gameOf = (stages: Stage[]): Game => {
  const { phases, ...game } = growingGame();
  return { ...game, phases: phases.slice(2), stages };
};

describe('timeline', () => {
  it('without stages is one segment', () => {
    const { stages: _, ...game } = gameOf([]);
    const timeline = new Timeline(game, 64);
    expect(timeline.segments).toMatchObject([{ stage: 0, startStep: 0, batch: 64, imagesPerStep: 64 }]);
    expect(timeline.imagesAfter(10)).toBe(640);
    expect(timeline.stepsFor(641)).toBe(11);
  });

  it('has ProGAN’s boundaries: holding and fading 600 kimg each', () => {
    const stages = [0, 600, 1200, 1800].map((fromKimg, i) => ({
      name: `${i}`,
      fromKimg,
      resetOptimizers: true,
    }));
    const timeline = new Timeline(gameOf(stages), 16);
    const stageAt = (kimg: number): number => timeline.atImages(kimg * 1000).stage;
    expect([0, 599.984, 600, 1199.99, 1200, 1800].map(stageAt)).toEqual([0, 0, 1, 1, 2, 3]);
    expect(timeline.at(37_500)).toMatchObject({ stage: 1, startStep: 37_500, resetsOptimizers: true });
    expect(timeline.at(37_499)).toMatchObject({ stage: 0, resetsOptimizers: false });
  });

  it('lowers the batch where a stage says so, and counts steps and images through', () => {
    const timeline = new Timeline(
      gameOf([
        { name: 'a', fromKimg: 0 },
        { name: 'b', fromKimg: 0.1, maxBatch: 16 },
        { name: 'c', fromKimg: 0.2, maxBatch: 128 },
      ]),
      64,
    );
    expect(timeline.segments).toMatchObject([
      { startStep: 0, startImages: 0, batch: 64 },
      { startStep: 2, startImages: 128, batch: 16 },
      { startStep: 7, startImages: 208, batch: 64 },
    ]);
    for (let step = 0; step < 20; step++) {
      const images = timeline.imagesAfter(step);
      expect(timeline.stepsFor(images)).toBe(step);
      expect(timeline.atImages(images)).toBe(timeline.at(step));
    }
  });

  it('passes over a stage that is shorter than a step, but not over its reset', () => {
    const timeline = new Timeline(
      gameOf([
        { name: 'a', fromKimg: 0 },
        { name: 'b', fromKimg: 0.05, resetOptimizers: true },
        { name: 'c', fromKimg: 0.06 },
      ]),
      64,
    );
    expect(timeline.segments).toMatchObject([
      { stage: 0 },
      { stage: 2, startStep: 1, resetsOptimizers: true },
    ]);
  });

  it('refuses stages out of order', () => {
    const stages = [
      { name: 'a', fromKimg: 0 },
      { name: 'b', fromKimg: 2 },
      { name: 'c', fromKimg: 1 },
    ];
    expect(() => new Timeline(gameOf(stages), 64)).toThrow('stage 2 ("c") begins at 1 kimg');
  });
});
