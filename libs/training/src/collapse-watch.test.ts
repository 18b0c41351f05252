import { describe, expect, it } from 'vitest';
import { CollapseWatch, type Alarm, type Observation } from './collapse-watch.ts';
import { meanPairwiseDistance } from './diversity.ts';

/** Alarms of a run whose ticks are a hundred steps apart. */
function watch(ticks: Omit<Observation, 'step'>[]): { tick: number; alarm: Alarm }[] {
  const watching = new CollapseWatch();
  return ticks.flatMap((tick, index) =>
    watching.observe({ step: (index + 1) * 100, ...tick }).map((alarm) => ({ tick: index, alarm })),
  );
}
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const calm = { metrics: { 'loss/D': 1.2, 'loss/G': -0.8, 'scores/real': 0.7, 'scores/fake': 0.3 } };

describe('collapse watch', () => {
  it('says nothing of a calm run', () => {
    const ticks = Array.from({ length: 60 }, (_, i) => ({
      metrics: { 'loss/D': 1 + Math.sin(i), 'scores/real': 0.98, 'scores/fake': 0.02 },
      diversity: 0.5 + 0.2 * Math.cos(i),
      singularValues: { 'G.conv': 1 + i / 60 },
    }));
    expect(watch(ticks)).toEqual([]);
  });

  it('tells of a loss that jumps, once, with the step before it', () => {
    const spike = { metrics: { ...calm.metrics, 'loss/D': -40 } };
    const alarms = watch([...repeat(6, calm), spike, calm, spike]);
    expect(alarms).toEqual([
      {
        tick: 6,
        alarm: {
          reason: 'loss-spike',
          message: 'loss/D is 40.00 in size, it was at most 1.200',
          goodStep: 600,
        },
      },
    ]);
  });

  it('judges no spike before it has seen a few ticks', () => {
    expect(watch([calm, { metrics: { 'loss/D': 100 } }])).toEqual([]);
  });

  it('tells of a D that is certain for three ticks; the good step lies before the first of them', () => {
    const certain = { metrics: { 'scores/real': 0.999, 'scores/fake': 0.001 } };
    const [first, ...others] = watch([
      ...repeat(5, calm),
      ...repeat(2, certain),
      calm,
      ...repeat(4, certain),
    ]);
    expect(first).toMatchObject({ tick: 10, alarm: { reason: 'certain-discriminator', goodStep: 800 } });
    expect(others).toEqual([]);
  });

  it('tells of logits that part', () => {
    const apart = (gap: number) => ({ metrics: { 'logits/real': gap / 2, 'logits/fake': -gap / 2 } });
    expect(watch([...repeat(5, apart(3)), apart(29), apart(31), apart(400)])).toMatchObject([
      { tick: 7, alarm: { reason: 'logit-gap', goodStep: 700 } },
    ]);
  });

  it('tells of samples that have become alike, and not of the first ones, which are', () => {
    const samples = (diversity: number) => ({ metrics: {}, diversity });
    expect(watch([samples(0.01), samples(0.4), samples(0.6), samples(0.13), samples(0.11)])).toMatchObject([
      {
        tick: 4,
        alarm: {
          reason: 'low-diversity',
          message: 'samples have become alike: their mean distance is 0.1100, it was 0.6000',
        },
      },
    ]);
  });

  it('tells of a singular value that explodes, with the layer', () => {
    const spectrum = (value: number) => ({
      metrics: {},
      singularValues: { 'G.block4.conv': value, 'D.conv': 1 },
    });
    const [only] = watch([...repeat(6, spectrum(2)), spectrum(7), spectrum(9)]);
    expect(only).toMatchObject({ tick: 7, alarm: { reason: 'singular-value' } });
    expect(only!.alarm.message).toContain('G.block4.conv is 9.000');
  });

  it('begins anew after a reset', () => {
    const watching = new CollapseWatch();
    const observe = (value: number, step: number): Alarm[] =>
      watching.observe({ step, metrics: { 'loss/D': value } });
    for (let step = 1; step <= 5; step++) observe(1, step);
    expect(observe(100, 6)).toHaveLength(1);
    expect(watching.goodStep).toBe(5);
    expect(observe(1000, 7)).toHaveLength(0);
    watching.reset(3);
    expect(watching.goodStep).toBe(3);
    for (let step = 8; step <= 12; step++) expect(observe(1, step)).toEqual([]);
    expect(observe(100, 13)).toMatchObject([{ reason: 'loss-spike', goodStep: 12 }]);
  });
});

describe('mean pairwise distance', () => {
  it('is the root mean square between two images, averaged over pairs', () => {
    expect(meanPairwiseDistance(Float32Array.of(0, 0, 3, 4), 2)).toBeCloseTo(Math.sqrt(12.5), 6);
    expect(meanPairwiseDistance(Float32Array.of(0, 1, 3), 3)).toBeCloseTo((1 + 3 + 2) / 3, 6);
    expect(meanPairwiseDistance(new Float32Array(8).fill(0.3), 4)).toBe(0);
    expect(meanPairwiseDistance(Float32Array.of(1, 2), 1)).toBe(0);
  });
});
