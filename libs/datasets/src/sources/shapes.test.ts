import { startEngine } from '@kiln/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawAll } from '../../testing/draw.ts';
import { describeDataset, type ShapesSpec } from '../index.ts';

const spec: ShapesSpec = { source: 'shapes', n: 500, resolution: 24 };
let drawn: Awaited<ReturnType<typeof drawAll>>;

beforeAll(async () => {
  startEngine();
  drawn = await drawAll(spec);
});

/** Share of the picture that the shape covers, seen in the red channel between its two colours. */
function coverage(pixels: Float32Array): { area: number; edges: number } {
  const red = pixels.filter((_, i) => i % 3 === 0);
  const [low, high] = [Math.min(...red), Math.max(...red)];
  const cover = red.map((value) => (value - low) / (high - low));
  return {
    area: cover.reduce((a, b) => a + b, 0) / red.length,
    edges: cover.filter((value) => value > 0.05 && value < 0.95).length,
  };
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function correlation(x: number[], y: number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - mx) * ((y[i] as number) - my)));
  const variances = mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2));
  return covariance / Math.sqrt(variances);
}

describe('the procedural shapes', () => {
  it('describes itself', async () => {
    expect(await describeDataset(spec)).toMatchObject({
      numExamples: 500,
      imageShape: [24, 24, 3],
      numClasses: 5,
      classNames: ['circle', 'square', 'triangle', 'cross', 'ring'],
    });
    expect(await describeDataset({ source: 'shapes' })).toMatchObject({
      numExamples: 10_000,
      imageShape: [32, 32, 3],
    });
  });

  it('is balanced, bounded, and never the same twice', () => {
    const counts = [0, 0, 0, 0, 0];
    for (const { label } of drawn.values()) counts[label] = (counts[label] as number) + 1;
    expect(counts).toEqual([100, 100, 100, 100, 100]);
    expect(new Set([...drawn.values()].map(({ pixels }) => pixels.join())).size).toBe(500);
    for (const { pixels } of drawn.values())
      expect(pixels.every((value) => value >= -1 && value <= 1)).toBe(true);
  });

  it('covers what each shape should, with smooth edges', () => {
    // Mean areas for a radius r between 0.18 and 0.38 of the side: mean r² is 0.0817.
    const expected = [
      Math.PI * 0.81,
      4 * 0.49,
      0.75 * Math.sqrt(3),
      2 * 1.9 * 0.6 - 0.36,
      Math.PI * (0.81 - 0.25),
    ].map((area) => area * 0.0817);
    for (const [label, area] of expected.entries()) {
      const shapes = [...drawn.values()]
        .filter((example) => example.label === label)
        .map(({ pixels }) => coverage(pixels));
      const mean = shapes.reduce((sum, shape) => sum + shape.area, 0) / shapes.length;
      expect(mean).toBeGreaterThan(area * 0.85);
      expect(mean).toBeLessThan(area * 1.15);
      expect(shapes.filter((shape) => shape.edges > 4).length).toBeGreaterThan(90);
    }
  });

  it('draws its numbers independently of each other and of their neighbours', () => {
    const red = [...drawn]
      .toSorted(([a], [b]) => a - b)
      .map(([, { pixels }]) => [pixels[0], pixels[1], pixels[2]] as [number, number, number]);
    const channel = (c: 0 | 1 | 2) => red.map((pixel) => pixel[c]);
    // Five standard errors of 500 samples.
    expect(Math.abs(correlation(channel(0), channel(1)))).toBeLessThan(0.22);
    expect(Math.abs(correlation(channel(0).slice(1), channel(0).slice(0, -1)))).toBeLessThan(0.22);
  });

  it('is another set for another seed, and grey on request', async () => {
    const other = await drawAll({ ...spec, n: 20, seed: 1 });
    expect(other.get(3)?.pixels).not.toEqual(drawn.get(3)?.pixels);
    const grey = await drawAll({ ...spec, n: 20, channels: 1 });
    expect(grey.get(3)?.pixels).toHaveLength(24 * 24);
  });
});
