import { startEngine } from '@kiln/engine';
import { beforeAll, expect, it } from 'vitest';
import { styleganDigits, styleganFfhq1024 } from './presets.ts';

beforeAll(() => startEngine({}));

it('the preset for FFHQ grows from 8x8, with smaller batches and larger rates for larger sides', () => {
  const { settings, expects, build } = styleganFfhq1024;
  const { stages, players, sampler } = build(settings.parse({}), expects!);
  expect(stages!.slice(0, 3).map(({ name, fromKimg }) => [name, fromKimg])).toEqual([
    ['8x8', 0],
    ['16x16 fading in', 600],
    ['16x16', 1200],
  ]);
  const batches = Object.fromEntries(stages!.map(({ name, maxBatch }) => [name.split('x')[0]!, maxBatch]));
  expect(batches).toMatchObject({ 8: undefined, 16: 128, 32: 64, 64: 32, 1024: 32 });
  const rateAt = (kimg: number): number => players['G']!.learningRate(kimg * 1000);
  expect([0, 4199, 4200, 5400, 6600, 7800].map(rateAt)).toEqual([1e-3, 1e-3, 1.5e-3, 2e-3, 3e-3, 3e-3]);
  expect(sampler).toMatchObject({ styleLayers: 18, truncation: 'style', numClasses: 0 });
});

it('learns classes where asked, of data that have some', () => {
  const { settings, build } = styleganDigits;
  const digits = { numExamples: 1497, imageShape: [16, 16, 1], numClasses: 10 } as const;
  expect(build(settings.parse({}), digits).sampler.numClasses).toBe(0);
  const conditional = settings.parse({ conditional: true });
  const { networks, sampler } = build(conditional, digits);
  expect(sampler.numClasses).toBe(10);
  expect([networks['mapping']!.inputs.length, networks['D']!.inputs.length]).toEqual([2, 2]);
  expect(() => build(conditional, { ...digits, numClasses: 0 })).toThrow(
    '--set conditional=true needs labelled data with 2 or more classes, got 0',
  );
});
