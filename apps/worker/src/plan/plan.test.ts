import { recipes } from '@kiln/recipes';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '@kiln/engine';
import { ringBytes, ringTime } from './exchange-time.ts';
import { plan } from './plan-command.ts';
import { divisors, smallestAccumulation } from './smallest-accumulation.ts';
import { stepPlan, type Device, type StepFacts } from './stage-plan.ts';

beforeAll(() => startEngine({}));

const device: Device = { memory: 1e9, flops: 1e12, bandwidth: 1e9, latency: 1e-5 };

describe('a ring', () => {
  it('takes 2 (N - 1) hops, and 2 (N - 1) / N of the data over each link', () => {
    // docs/collective-costs.md: 25 MB, 64 µs, 2.4 GB/s.
    const link = { latency: 64e-6, bandwidth: 2.4e9 };
    expect(ringTime(2, 25e6, link)).toBeCloseTo(10.5e-3, 4);
    expect(ringTime(8, 25e6, link)).toBeCloseTo(19.1e-3, 4);
    expect(ringTime(64, 25e6, link)).toBeCloseTo(28.6e-3, 4);
    expect(ringTime(512, 25e6, link)).toBeCloseTo(86.2e-3, 4);
    expect(ringBytes(4, 100)).toBe(150);
  });

  it('of one worker takes no time', () => expect(ringTime(1, 25e6, device)).toBe(0));
});

describe('a step', () => {
  const facts: StepFacts = {
    workers: 4,
    accumulate: 1,
    batches: 2,
    moves: [
      { name: 'discriminator', steps: 2, every: 1, parameters: 1_000_000 },
      { name: 'penalty', steps: 1, every: 16, parameters: 1_000_000 },
      { name: 'generator', steps: 1, every: 1, parameters: 3_000_000 },
    ],
    inspection: {
      cost: {
        flopsByGroup: {
          'discriminator forward': 1e9,
          'discriminator backward': 2e9,
          'discriminator update': 1e6,
          'penalty backward': 16e9,
          'generator backward': 3e9,
          averages: 5e6,
        },
        nodesByFamily: { normalisation: 30 },
        peak: { bytes: 100e6, node: 'x' },
      } as never,
      memory: { networks: 16e6, slots: 32e6, averages: 12e6, inputs: 1e6 },
    },
  };

  it('counts each move as often as it is made', () => {
    const { flops, gradientBytes } = stepPlan(facts, device);
    expect(flops).toBe(2 * (3e9 + 1e6) + 1e9 + 3e9 + 5e6);
    expect(gradientBytes).toBe(4e6 * (2 + 1 / 16) + 12e6);
  });

  it('lasts as long as its arithmetic and its exchanges, one after the other', () => {
    const { computeSeconds, exchangeSeconds, stepSeconds, sentBytes } = stepPlan(facts, device);
    expect(computeSeconds).toBeCloseTo(10.007e-3, 6);
    const ring = (bytes: number): number => 6e-5 + (1.5 * bytes) / 1e9;
    // 3 and a sixteenth of 3 moves' normalisations, of 10 µs each.
    const normalizations = (30 / 3) * (3 + 1 / 16) * 1e-5;
    expect(exchangeSeconds).toBeCloseTo((2 + 1 / 16) * ring(4e6) + ring(12e6) + normalizations, 9);
    expect(stepSeconds).toBe(computeSeconds + exchangeSeconds);
    expect(sentBytes).toBe(1.5 * (4e6 * (2 + 1 / 16) + 12e6));
  });

  it('needs the state, two batches, the largest gradients and what else is alive at the peak', () => {
    const { memory } = stepPlan(facts, device);
    expect(memory).toEqual({
      weights: 16e6,
      optimizer: 32e6,
      averages: 12e6,
      batch: 2e6,
      gradients: 12e6,
      activations: 88e6,
      total: 162e6,
    });
  });

  it('in micro-batches takes as much arithmetic, and one more set of gradients', () => {
    const pieces = stepPlan({ ...facts, accumulate: 8 }, device);
    expect(pieces.flops).toBe(8 * (2 * 3e9 + 1e9 + 3e9) + 2e6 + 5e6);
    expect(pieces.memory.gradients).toBe(24e6);
    expect(pieces.memory.batch).toBe(16e6);
  });
});

it('the smallest accumulation is the first divisor of the share that fits', () => {
  const asked: number[] = [];
  const bytesAt = (pieces: number): number => {
    asked.push(pieces);
    return 100 + 4800 / pieces;
  };
  expect(smallestAccumulation(divisors(48), 5000, bytesAt)).toBe(1);
  expect(smallestAccumulation(divisors(48), 901, bytesAt)).toBe(6);
  expect(smallestAccumulation(divisors(48), 899, bytesAt)).toBe(8);
  expect(smallestAccumulation(divisors(48), 200, bytesAt)).toBe(48);
  expect(smallestAccumulation(divisors(48), 199, bytesAt)).toBe(null);
  expect(asked.length).toBeLessThan(25);
});

describe('a plan', () => {
  it('of a small recipe has the steps and images of its run, and the memory of its traced step', async () => {
    const found = await plan('digits-dcgan', { workers: 2, kimg: 64 }, device);
    expect(found).toMatchObject({ workers: 2, batch: 64, steps: 1000, kimg: 64, fits: true });
    expect(found.smallestAccumulation).toBe(1);
    const [stage] = found.stages;
    const parameters = found.networks.reduce((sum, network) => sum + network.parameters, 0);
    expect(stage!.gradientBytes).toBe(4 * parameters);
    expect(found.seconds).toBeCloseTo(1000 * stage!.stepSeconds, 6);
    expect(found.imagesPerSecond).toBeCloseTo(64 / stage!.stepSeconds, 6);
  });

  it('says in how many micro-batches a batch fits that does not', async () => {
    const whole = await plan('digits-dcgan', { workers: 1, batch: 4096 }, device);
    const limit = whole.peakBytes / 3;
    const found = await plan('digits-dcgan', { workers: 1, batch: 4096 }, { ...device, memory: limit });
    expect(found.fits).toBe(false);
    expect(found.smallestAccumulation).toBe(4);
    const pieces = await plan(
      'digits-dcgan',
      { workers: 1, batch: 4096, accumulate: 4 },
      { ...device, memory: limit },
    );
    expect(pieces.fits).toBe(true);
  });

  it('offers no micro-batches of which a phase could not take every second sample', async () => {
    const options = { workers: 4, batch: 16, set: ['featureMax=8'] };
    const { peakBytes: limit } = await plan('stylegan2-digits', { ...options, accumulate: 2 }, device);
    const found = await plan('stylegan2-digits', options, { ...device, memory: limit });
    expect([found.fits, found.smallestAccumulation]).toEqual([false, 2]);
    const none = await plan('stylegan2-digits', options, { ...device, memory: limit - 1 });
    expect(none.smallestAccumulation).toBe(null);
  });

  it('has a row for every stage that the run reaches', async () => {
    const found = await plan('progan-digits', { kimg: 70 }, device);
    expect(found.stages.map(({ name }) => name)).toEqual(['4x4', '8x8 fading in', '8x8']);
    expect(found.stages.reduce((sum, { kimg }) => sum + kimg, 0)).toBeCloseTo(found.kimg, 6);
  });

  it('of BigGAN at 128x128 has the numbers of the paper', async () => {
    const found = await plan('biggan-128', { workers: 128, batch: 2048 }, { ...device, memory: 16e9 });
    expect(found.networks.map(({ parameters }) => parameters)).toEqual([70_433_988, 87_982_370]);
    expect(found.steps).toBe(140_000);
    // Two updates of D and one of G.
    expect(found.stages[0]!.gradientBytes).toBe(4 * (2 * 87_982_370 + 70_433_988));
    expect(recipes['biggan-128'].defaults.batch).toBe(2048);
  });
});
