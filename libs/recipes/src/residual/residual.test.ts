import { startEngine } from '@kiln/engine';
import { variableShapes } from '@kiln/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../catalog.ts';
import { isMove } from '../game.ts';
import type { DataInfo } from '../recipe.ts';

beforeAll(() => startEngine({}));

const digits: DataInfo = { numExamples: 1497, imageShape: [8, 8, 1], numClasses: 10 };

describe('presets', () => {
  it('have five updates of D for one of G, but SAGAN, which has rates of its own for each', () => {
    const stepsOf = (name: 'sngan-32' | 'sngan-128' | 'sagan-128' | 'wgan-gp-32' | 'wgan-gp-64') => {
      const { build, settings, expects } = recipes[name];
      const game = build(settings.parse({}), expects!);
      const rates = ['G', 'D'].map((player) => game.players[player]!.learningRate(0));
      return [...game.phases.filter(isMove).map(({ steps }) => steps), ...rates];
    };
    expect(stepsOf('sngan-32')).toEqual([5, 1, 2e-4, 2e-4]);
    expect(stepsOf('sngan-128')).toEqual([5, 1, 2e-4, 2e-4]);
    expect(stepsOf('sagan-128')).toEqual([1, 1, 1e-4, 4e-4]);
    expect(stepsOf('wgan-gp-32')).toEqual([5, 1, 2e-4, 2e-4]);
    expect(stepsOf('wgan-gp-64')).toEqual([5, 1, 1e-4, 1e-4]);
  });

  it("draw twice as many images for G where the authors' code does, and say so to the trainer", () => {
    const factorsOf = (
      name: 'sngan-32' | 'sngan-64' | 'sngan-128' | 'sagan-128' | 'wgan-gp-32' | 'wgan-gp-64',
    ) => {
      const { build, settings, expects } = recipes[name];
      return build(settings.parse({}), expects!)
        .phases.filter(isMove)
        .map(({ drawFactor = 1 }) => drawFactor);
    };
    expect(factorsOf('sngan-32')).toEqual([1, 2]);
    expect(factorsOf('sngan-64')).toEqual([1, 1]);
    expect(factorsOf('sngan-128')).toEqual([1, 2]);
    expect(factorsOf('sagan-128')).toEqual([1, 1]);
    expect(factorsOf('wgan-gp-32')).toEqual([1, 2]);
    expect(factorsOf('wgan-gp-64')).toEqual([1, 1]);
  });

  it("let the rates fall to 0 in a straight line, over the papers' numbers of updates", () => {
    const rateOf = (name: 'sngan-32' | 'sngan-128', kimg: number): number => {
      const { build, settings, expects } = recipes[name];
      return build(settings.parse({}), expects!).players['G']!.learningRate(kimg * 1000);
    };
    expect([0, 8000, 16_000, 20_000].map((kimg) => rateOf('sngan-32', kimg))).toEqual([2e-4, 1e-4, 0, 0]);
    expect([0, 128_000, 136_000].map((kimg) => rateOf('sngan-128', kimg))).toEqual([2e-4, 2e-4, 1e-4]);
    // 50,000 updates of G, each with five batches of 64 for D.
    expect(recipes['sngan-32'].defaults.kimg).toBe((50_000 * 5 * 64) / 1000);
    expect(recipes['wgan-gp-32'].defaults.kimg).toBe((100_000 * 5 * 64) / 1000);
  });

  it('of SNGAN draw classes only where that is asked for', () => {
    const { build, settings, expects } = recipes['sngan-32'];
    expect(build(settings.parse({}), expects!).sampler.numClasses).toBe(0);
    expect(build(settings.parse({ conditional: true }), expects!).sampler.numClasses).toBe(10);
  });
});

it("SAGAN's D is as wide as its G, or as wide as is asked for", () => {
  const { build, settings } = recipes['sagan-shapes32'];
  const data: DataInfo = { numExamples: 100, imageShape: [32, 32, 3], numClasses: 5 };
  const sizesOf = (asked: object): number[] => {
    const { networks } = build(settings.parse(asked), data);
    const numbersOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
    return [networks['G']!, networks['D']!].map((network) =>
      [...variableShapes(network).values()].reduce((sum, shape) => sum + numbersOf(shape), 0),
    );
  };
  const [narrow, wide] = [sizesOf({ width: 8, widthD: 0 }), sizesOf({ width: 16, widthD: 0 })];
  expect(sizesOf({ width: 8, widthD: 16 })).toEqual([narrow[0], wide[1]]);
  expect(wide[1]).toBeGreaterThan(3 * narrow[1]!);
});

it.each([
  ['sngan-digits', { ...digits, numClasses: 0 }, {}, 'conditional=true needs labelled data'],
  [
    'sagan-shapes32',
    { ...digits, imageShape: [8, 12, 1] as const },
    {},
    'SAGAN needs square images, got 8x12',
  ],
  [
    'wgan-gp-digits',
    { ...digits, imageShape: [128, 128, 3] as const },
    {},
    'images of side 8, 16, 32, 64, got 128',
  ],
  [
    'wgan-gp-digits',
    digits,
    { decayFromKimg: 9, decayToKimg: 8 },
    'decayToKimg must be above decayFromKimg, 9',
  ],
] as const)('%s says what to change', (name, data, settings, message) => {
  const recipe = recipes[name];
  expect(() => recipe.build(recipe.settings.parse(settings), data as DataInfo)).toThrow(message);
});
