import { fileURLToPath } from 'node:url';
import { compile, startEngine, StateCell } from '@kiln/engine';
import type { Dataset } from '@kiln/datasets';
import type { Named } from '@kiln/nn';
import type { Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextScaling, reportedMetrics, unlessOverflow } from './loss-scale.ts';
import { growingData, growingGame } from './testing/growing-game.ts';
import { growing, trainOnRanks } from './testing/train-on-ranks.ts';
import { Trainer } from './trainer.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));
let dataset: Dataset;

beforeAll(async () => {
  startEngine({});
  dataset = await growingData(dataFolder);
});
afterAll(() => dataset.dispose());

async function after(scale: number, goodSteps: number, overflow: number): Promise<number[]> {
  const next = nextScaling({ scale: tf.scalar(scale), goodSteps: tf.scalar(goodSteps) }, tf.scalar(overflow));
  return [(await next['scale']!.data())[0]!, (await next['goodSteps']!.data())[0]!];
}

describe('the scale', () => {
  it('counts good steps and doubles after 2,000 of them, up to 2^24', async () => {
    expect(await after(1024, 7, 0)).toEqual([1024, 8]);
    expect(await after(1024, 1999, 0)).toEqual([2048, 0]);
    expect(await after(2 ** 24, 1999, 0)).toEqual([2 ** 24, 0]);
  });

  it('halves after an overflow and counts anew', async () => {
    expect(await after(1024, 7, 1)).toEqual([512, 0]);
    expect(await after(1024, 1999, 1)).toEqual([512, 0]);
  });
});

it('what overflowed is replaced by what was, without reading it', async () => {
  const choose = compile('choose', (state: {}, { overflow }: { overflow: tf.Tensor }) => ({
    state,
    outputs: unlessOverflow(
      overflow,
      { a: { b: tf.tensor1d([1, 2]) as tf.Tensor } },
      { a: { b: tf.tensor1d([NaN, 3]) as tf.Tensor } },
    ),
  }));
  const values = async (overflow: number): Promise<number[]> => {
    const { a } = await choose.run(new StateCell({}), { overflow: tf.scalar(overflow) });
    return [...(await a.b.data())];
  };
  expect(await values(1)).toEqual([1, 2]);
  expect(await values(0)).toEqual([NaN, 3]);
  choose.dispose();
});

const trainerOf = (game: Game, scale?: number): Promise<Trainer> =>
  Trainer.create({ game, dataset, seed: 5, batch: 64, rank: 0, precision: 'float16' }).then(
    async (trainer) => {
      if (scale === undefined) return trainer;
      const tensors = await trainer.read(() => true);
      await trainer.close();
      tensors.set('scaling/scale', { shape: [], data: Float32Array.of(scale) });
      return Trainer.create(
        { game, dataset, seed: 5, batch: 64, rank: 0, precision: 'float16' },
        { step: 0, cursor: 0, tensors },
      );
    },
  );

describe('a float16 step', () => {
  it('trains as one in float32 does', async () => {
    const common = { recipe: growing, worldSize: 1, asItIs: true, steps: 3, batch: 64, dataFolder };
    const [wide] = await trainOnRanks(common);
    const [narrow] = await trainOnRanks({ ...common, precision: 'float16' });
    for (const [step, metrics] of wide!.metrics.entries())
      for (const name of ['loss/D', 'loss/G'])
        expect(Math.abs(narrow!.metrics[step]![name]! / metrics[name]! - 1)).toBeLessThan(0.01);
    expect(narrow!.metrics[2]).toMatchObject({
      'precision/loss_scale': 65_536,
      'precision/skipped_steps': 0,
    });
    expect(narrow!.declared['scaling/goodSteps']).toEqual([3]);
  });

  it('that overflows changes nothing but the scale, and training goes on', async () => {
    const trainer = await trainerOf(growingGame(), 2 ** 24);
    const all = () => trainer.read(() => true);
    const before = await all();
    const { metrics, step, images } = await trainer.next();
    expect(metrics).toEqual({ 'precision/skipped_steps': 1, 'precision/loss_scale': 2 ** 24 });
    expect([step, images]).toEqual([1, 128]);
    const changed = [...(await all())].filter(
      ([path, { data }]) => data.join() !== before.get(path)!.data.join(),
    );
    expect(changed.map(([path, { data }]) => [path, data[0]])).toEqual([['scaling/scale', 2 ** 23]]);

    let report = await trainer.next();
    while (report.metrics['precision/skipped_steps'] === 1) report = await trainer.next();
    expect(report.metrics['loss/D']).toBeGreaterThan(0);
    expect(report.metrics['precision/loss_scale']).toBeLessThan(2 ** 23);
    const moved = await all();
    expect(moved.get('networks/D/params/hidden.kernel')!.data).not.toEqual(
      before.get('networks/D/params/hidden.kernel')!.data,
    );
    await trainer.close();
  });

  it('is skipped by all workers when it overflows on one', async () => {
    // In a metric, so that no all-reduced gradient tells the other rank of it.
    const [first, second] = await trainOnRanks({
      recipe: growing,
      worldSize: 2,
      asItIs: true,
      steps: 2,
      batch: 64,
      dataFolder,
      precision: 'float16',
      settings: { brokenRank: 1 },
    });
    expect(second).toEqual(first);
    expect(first!.metrics.map((metrics) => metrics['precision/skipped_steps'])).toEqual([1, 1]);
    expect(first!.declared['scaling/scale']).toEqual([2 ** 14]);
    expect(first!.declared['declared/steps']).toEqual([0]);
  });

  it('has a state of its own only in float16', async () => {
    const trainer = await Trainer.create({ game: growingGame(), dataset, seed: 5, batch: 64, rank: 0 });
    expect([...(await trainer.read((path) => path.startsWith('scaling'))).keys()]).toEqual([]);
    await trainer.close();
  });
});

it('steps that are skipped without end fail the run', () => {
  const metrics: Named | Record<string, number> = { 'precision/skipped_steps': 1, 'loss/D': NaN };
  expect(reportedMetrics({ ...metrics, 'precision/loss_scale': 2 ** -13 } as never, 9)).toEqual({
    'precision/skipped_steps': 1,
    'precision/loss_scale': 2 ** -13,
  });
  expect(() => reportedMetrics({ ...metrics, 'precision/loss_scale': 2 ** -14 } as never, 9)).toThrow(
    'gradients are not finite at step 9 even with the loss scaled by 0.00006103515625',
  );
});
