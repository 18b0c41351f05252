import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectStep } from './inspect.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 2 }));

const data = { numExamples: 1497, imageShape: [8, 8, 1] as [number, number, number], numClasses: 10 };
const recipe = recipes['digits-dcgan'];
const gameOf = (changes: object) => recipe.build({ ...recipe.settings.parse({}), ...changes }, data as never);

const inspect = (changes: object, batch: number, workers = 1, accumulate = 1) =>
  inspectStep(gameOf(changes), { batch, workers, accumulate, stage: 0, imageShape: data.imageShape });

describe('inspecting a step', () => {
  it('counts the parameters of every network and the memory of the state', () => {
    const { networks, memory, phases, cost } = inspect({ width: 16, latent: 8 }, 32);
    expect(phases).toEqual(['discriminator', 'generator']);
    const [G, D] = networks;
    expect([G!.name, D!.name]).toEqual(['G', 'D']);
    const [parameters, statistics] = (['parameters', 'statistics'] as const).map((key) => G![key] + D![key]);
    expect(memory.networks).toBe(4 * (parameters! + statistics!));
    // Adam has two slots a parameter and one count for each player.
    expect(memory.slots).toBe(4 * (2 * parameters! + 2));
    expect(memory.averages).toBe(4 * (G!.parameters + G!.statistics));
    expect(memory.inputs).toBeGreaterThan(32 * 8 * 8 * 4);
    expect(cost.numLiveNodes).toBeLessThan(cost.numNodes);
    expect(cost.peak.bytes).toBeGreaterThan(0);
  });

  it('divides arithmetic and activations among workers, and memory among micro-batches', () => {
    const whole = inspect({}, 1024);
    const half = inspect({}, 1024, 2);
    const pieces = inspect({}, 1024, 1, 8);
    const products = (found: typeof whole) => found.cost.flopsByFamily.convolution!;
    expect(products(half)).toBe(products(whole) / 2);
    expect(half.cost.peak.bytes).toBeLessThan(0.6 * whole.cost.peak.bytes);
    expect(products(pieces)).toBe(products(whole));
    expect(pieces.cost.peak.bytes).toBeLessThan(0.5 * whole.cost.peak.bytes);
  });

  it("counts twice the arithmetic of G's update with twice its draws, and of D's no more", () => {
    const { settings, build } = recipes['wgan-gp-digits'];
    const flops = (generatorBatchFactor: number) =>
      inspectStep(build(settings.parse({ generatorBatchFactor }), data), {
        batch: 64,
        workers: 2,
        accumulate: 1,
        stage: 0,
        imageShape: data.imageShape,
      }).cost.flopsByGroup;
    const [once, twice] = [flops(1), flops(2)];
    expect(twice['discriminator backward']).toBe(once['discriminator backward']);
    const ratio = (group: string): number => twice[group]! / once[group]!;
    expect(ratio('generator forward')).toBeCloseTo(2, 1);
    expect(ratio('generator backward')).toBeCloseTo(2, 1);
    expect(twice['generator update']).toBe(once['generator update']);
  });

  it('tells the phases apart', () => {
    expect(Object.keys(inspect({}, 64).cost.flopsByGroup)).toEqual(
      expect.arrayContaining([
        'discriminator forward',
        'discriminator backward',
        'discriminator update',
        'generator forward',
        'generator backward',
        'generator update',
        'averages',
      ]),
    );
  });

  it('traces in a second a model that no machine here could step', () => {
    // The first trace of a process also loads op definitions.
    inspect({}, 64);
    const { networks, memory, cost, traceMs } = inspect({ width: 32_768, latent: 512 }, 4096);
    expect(networks[0]!.parameters).toBeGreaterThan(2e10);
    expect(memory.networks + memory.slots).toBeGreaterThan(4e11);
    expect(cost.flops).toBeGreaterThan(1e15);
    expect(traceMs).toBeLessThan(1000);
  });
});
