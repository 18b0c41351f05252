import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../catalog.ts';
import { isMove } from '../game.ts';
import type { Recipe } from '../recipe.ts';

beforeAll(() => startEngine({}));

const presets = Object.entries(recipes as Record<string, Recipe>).filter(([name]) =>
  name.startsWith('biggan'),
);

describe('presets', () => {
  it.each(presets)('%s builds its game for the data it expects, or brings data', (_, recipe) => {
    expect(recipe.data === undefined).toBe(recipe.needs !== undefined && recipe.expects !== undefined);
    const data = recipe.expects ?? { numExamples: 1000, imageShape: [32, 32, 3], numClasses: 5 };
    const game = recipe.build(recipe.settings.parse({}), data);
    expect(game.sampler.numClasses).toBe(data.numClasses);
  });

  it("have the paper's values where they are the paper's", () => {
    const { settings, defaults, expects, build } = recipes['biggan-128'];
    expect(defaults.batch).toBe(2048);
    const game = build(settings.parse({}), expects!);
    expect(game.phases.filter(isMove).map(({ player, steps }) => [player, steps])).toEqual([
      ['D', 2],
      ['G', 1],
    ]);
    expect([game.players['G']!.learningRate(1e9), game.players['D']!.learningRate(1e9)]).toEqual([
      5e-5, 2e-4,
    ]);
    expect(game.sampler.latent).toEqual({ size: 120, distribution: 'normal' });
    // 0.9999 for each step of two batches.
    const { halfLifeKimg } = game.averages[0]!;
    expect(0.5 ** (4.096 / halfLifeKimg)).toBeCloseTo(0.9999, 6);
  });

  it('say what is wrong with data that they cannot take', () => {
    const { settings, build } = recipes['biggan-128'];
    const attempt = (imageShape: [number, number, number], numClasses: number) => () =>
      build(settings.parse({}), { numExamples: 9, imageShape, numClasses });
    expect(attempt([128, 96, 3], 10)).toThrow('needs square images, got 128x96');
    expect(attempt([128, 128, 3], 0)).toThrow('needs labelled data with 2 or more classes, got 0');
    expect(attempt([48, 48, 3], 2)).toThrow('laid out for images of side');
    expect(attempt([64, 64, 3], 2)).toThrow('--set attention=64: for images of 64x64 it can be 8, 16, 32');
  });
});
