import { describe, expect, it } from 'vitest';
import { TickMeter } from './tick-meter.ts';

describe('tick meter', () => {
  it('ends a tick when its images were shown, and averages over its steps', () => {
    const meter = new TickMeter(0.1, 0, 1000);
    meter.add({ 'loss/D': 1 });
    expect(meter.due(64)).toBe(false);
    meter.add({ 'loss/D': 3 });
    expect(meter.due(128)).toBe(true);
    const { tick, step, kimg, values } = meter.take(2, 128, 1500);
    expect({ tick, step, kimg }).toEqual({ tick: 1, step: 2, kimg: 0.128 });
    expect(values).toMatchObject({ 'loss/D': 2, imagesPerSecond: 256, elapsedSeconds: 0.5 });
    expect(values['secondsPerKimg']).toBeCloseTo(0.5 / 0.128, 9);
    expect(values['memoryBytes']).toBeGreaterThan(1e6);
  });

  it('forgets the steps of the tick before', () => {
    const meter = new TickMeter(0.1, 0, 0);
    meter.add({ 'loss/D': 10 });
    meter.take(1, 128, 1);
    meter.add({ 'loss/D': 4 });
    expect(meter.take(2, 256, 2).values['loss/D']).toBe(4);
  });

  it('averages a metric over the steps that had it', () => {
    const meter = new TickMeter(0.1, 0, 0);
    meter.add({ 'loss/D': 1, 'loss/penalty': 8 });
    meter.add({ 'loss/D': 3 });
    expect(meter.take(2, 128, 1).values).toMatchObject({ 'loss/D': 2, 'loss/penalty': 8 });
  });

  it('counts ticks on where a resumed run left off', () => {
    const meter = new TickMeter(1, 5500);
    expect(meter.due(5900)).toBe(false);
    expect(meter.due(6000)).toBe(true);
    expect(meter.take(94, 6016).tick).toBe(6);
  });
});
