import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../catalog.ts';
import { isMove } from '../game.ts';

beforeAll(() => startEngine({}));

const digits = { numExamples: 1497, imageShape: [16, 16, 1] as const, numClasses: 10 };
const { settings, build } = recipes['stylegan2-digits'];

describe('StyleGAN2', () => {
  it.each([1024, 256] as const)('for FFHQ at %d has the values of the papers', (side) => {
    const recipe = recipes[`stylegan2-ffhq-${side}`];
    const game = recipe.build(recipe.settings.parse({}), recipe.expects!);
    const moves = game.phases.filter(isMove).map(({ name, every, shrink = 1 }) => [name, every, shrink]);
    expect(moves).toEqual([
      ['generator', 1, 1],
      ['path', 4, 2],
      ['discriminator', 1, 1],
      ['r1', 16, 1],
    ]);
    const rate = side === 1024 ? 0.002 : 0.0025;
    // As in systems.md: rates times 4/5 and 16/17.
    expect(game.players['G']!.learningRate(0)).toBeCloseTo(0.8 * rate, 9);
    expect(game.players['D']!.learningRate(0)).toBeCloseTo(0.941_176 * rate, 8);
    expect(recipe.defaults.batch).toBe(side === 1024 ? 32 : 64);
    expect('augmentP' in game.state!).toBe(side === 256);
    expect(game.averages).toEqual(
      ['mapping', 'synthesis'].map((network) => ({
        network,
        halfLifeKimg: side === 1024 ? 10 : 20,
        ramp: 1,
      })),
    );
  });

  it('leaves out what has the weight 0, and then takes the rates as they are', () => {
    const game = build(settings.parse({ r1Gamma: 0, pathWeight: 0, augment: 'none' }), digits);
    expect(game.phases.map(({ name }) => name)).toEqual(['generator', 'discriminator']);
    expect(game.players['G']!.learningRate(0)).toBe(0.0025);
    expect(game.players['D']!.learningRate(0)).toBe(0.0025);
    expect(Object.keys(game.state!)).toEqual(['wAverage']);
  });

  it('takes classes if asked to', () => {
    const game = build(settings.parse({ conditional: true }), digits);
    expect(game.sampler.numClasses).toBe(10);
    expect(game.networks['mapping']!.inputs).toHaveLength(2);
    expect(game.networks['D']!.inputs).toHaveLength(2);
    expect(build(settings.parse({}), digits).sampler.numClasses).toBe(0);
  });

  it('says what is wrong with data that it cannot take', () => {
    const attempt =
      (data: object, asked = {}) =>
      () =>
        build(settings.parse(asked), { ...digits, ...data });
    expect(attempt({ imageShape: [16, 12, 1] })).toThrow('needs square images, got 16x12');
    expect(attempt({ imageShape: [24, 24, 1] })).toThrow('sides 4, 8, 16, ...: got 24');
    expect(attempt({ numClasses: 0 }, { conditional: true })).toThrow('2 or more classes, got 0');
  });
});
