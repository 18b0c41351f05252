import { startEngine } from '@kiln/engine';
import { beforeAll, expect, it } from 'vitest';
import { proganCelebahq1024 } from './progan-celebahq-1024.ts';

beforeAll(() => startEngine({}));

it('the preset for CelebA-HQ has smaller batches and larger rates for larger sides', () => {
  const { settings, expects, build } = proganCelebahq1024;
  const { stages, players } = build(settings.parse({}), expects!);
  const batches = Object.fromEntries(stages!.map(({ name, maxBatch }) => [name.split('x')[0]!, maxBatch]));
  expect(batches).toMatchObject({ 4: undefined, 8: 256, 16: 128, 32: 64, 64: 32, 1024: 32 });
  const rateAt = (kimg: number): number => players['D']!.learningRate(kimg * 1000);
  expect([0, 5399, 5400, 6600, 7800, 9000].map(rateAt)).toEqual([1e-3, 1e-3, 1.5e-3, 2e-3, 3e-3, 3e-3]);
});

it('square images whose side doubles from 4 on are asked for, by what to change', () => {
  const { settings, expects, build } = proganCelebahq1024;
  const wide = { ...expects!, imageShape: [64, 96, 3] as const };
  expect(() => build(settings.parse({}), wide)).toThrow('square images, got 64x96; crop or resize');
  const odd = { ...expects!, imageShape: [96, 96, 3] as const };
  expect(() => build(settings.parse({}), odd)).toThrow('sides 4, 8, 16, ...: got 96');
});
