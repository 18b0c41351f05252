import { fileURLToPath } from 'node:url';
import { startEngine, watchFirstCalls } from '@kiln/engine';
import type { Dataset } from '@kiln/datasets';
import type { Game } from '@kiln/recipes';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from './snapshot.ts';
import { growingData, growingGame } from './testing/growing-game.ts';
import { Trainer } from './trainer.ts';

const dataFolder = fileURLToPath(new URL('../../../data', import.meta.url));
let dataset: Dataset;

beforeAll(async () => {
  startEngine({});
  dataset = await growingData(dataFolder);
});
afterAll(() => dataset.dispose());

type Values = Map<string, { shape: number[]; data: Float32Array | Int32Array }>;

const trainerOf = (game: Game, snapshot?: Snapshot): Promise<Trainer> =>
  Trainer.create({ game, dataset, seed: 5, batch: 64, rank: 0 }, snapshot);
const allOf = (trainer: Trainer): Promise<Values> => trainer.read(() => true);
const snapshotOf = async (trainer: Trainer): Promise<Snapshot> => ({
  step: trainer.step,
  cursor: trainer.cursor,
  tensors: await allOf(trainer),
});

async function advance(trainer: Trainer, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await trainer.next();
}

const isLate = (path: string): boolean => path.includes('late.');

describe('a growing game', () => {
  it('counts images by the batch of each stage and says when one begins', async () => {
    const trainer = await trainerOf(growingGame());
    const seen: [number, string | undefined][] = [];
    for (let step = 0; step < 4; step++) {
      const { images, enteredStage } = await trainer.next();
      seen.push([images, enteredStage]);
    }
    // Two batches a step: 64 images each at first, 32 from 256 images on.
    expect(seen).toEqual([
      [128, 'early'],
      [256, undefined],
      [320, 'late'],
      [384, undefined],
    ]);
    await trainer.close();
  });

  it('traces the first step of a stage, and the first with a lazy phase', async () => {
    const trainer = await trainerOf(growingGame());
    const traced: number[] = [];
    watchFirstCalls({ begins: async () => void traced.push(trainer.step), ends: () => {} });
    await advance(trainer, 7);
    watchFirstCalls(undefined);
    // Two stages of a step with the penalty and one without; the first of the late stage also resets the optimisers.
    expect(traced).toEqual([0, 1, 2, 3, 4]);
    await trainer.close();
  });

  it('holds all parameters from the start and leaves those of later stages alone, with their slots', async () => {
    const trainer = await trainerOf(growingGame());
    const before = await allOf(trainer);
    await advance(trainer, 2);
    const after = await allOf(trainer);
    const late = [...before.keys()].filter(isLate);
    expect(late).toContain('networks/G/params/late.kernel');
    expect(late).toContain('slots/D/m.D.late.kernel');
    expect(late.map((path) => after.get(path))).toEqual(late.map((path) => before.get(path)));
    expect(after.get('networks/G/params/early.kernel')).not.toEqual(
      before.get('networks/G/params/early.kernel'),
    );
    // The first step of the fade has alpha 0, and so no gradient.
    await advance(trainer, 2);
    const grown = await allOf(trainer);
    expect(grown.get('networks/D/params/late.kernel')).not.toEqual(
      before.get('networks/D/params/late.kernel'),
    );
    await trainer.close();
  });

  it('begins a stage with new optimiser slots, also when resumed right there', async () => {
    const game = growingGame();
    const trainer = await trainerOf(game);
    await advance(trainer, 2);
    const atBoundary = await snapshotOf(trainer);
    // Two updates of D in a step and a penalty in every other: counted from the stage's first step on.
    expect([...atBoundary.tensors.get('slots/D/updates')!.data]).toEqual([5]);
    await trainer.next();
    const whole = await allOf(trainer);
    expect([...whole.get('slots/D/updates')!.data]).toEqual([3]);
    await trainer.close();
    const resumed = await trainerOf(game, atBoundary);
    await resumed.next();
    expect(await allOf(resumed)).toEqual(whole);
    await resumed.close();
  });

  it('resumes in the middle of a fade to the same bits', async () => {
    const game = growingGame();
    const trainer = await trainerOf(game);
    await advance(trainer, 4);
    const middle = await snapshotOf(trainer);
    expect(game.schedules!['alpha']!(middle.cursor)).toBe(0.25);
    await advance(trainer, 3);
    const whole = await allOf(trainer);
    await trainer.close();
    const resumed = await trainerOf(game, middle);
    await advance(resumed, 3);
    expect(await allOf(resumed)).toEqual(whole);
    await resumed.close();
  });

  it('refuses a snapshot whose counters belong to other stages', async () => {
    const trainer = await trainerOf(growingGame());
    await advance(trainer, 4);
    const snapshot = await snapshotOf(trainer);
    await trainer.close();
    await expect(trainerOf(growingGame({ lateImages: 512 }), snapshot)).rejects.toThrow(
      /step 4 has seen 384 images, but by this recipe's stages and batch it would be 512/,
    );
  });

  it('refuses a stage whose batch the workers cannot share, with batches that they can', async () => {
    await expect(
      Trainer.create({
        game: growingGame({ lateBatch: 30 }),
        dataset,
        seed: 5,
        batch: 64,
        accumulate: 2,
        rank: 0,
      }),
    ).rejects.toThrow(/--batch 30 .*groups of 2 samples of stage late; it could be 28 or 32/);
  });
});

it('a loss that is not a number ends a run, with what can be done', async () => {
  const game = growingGame();
  const G = game.players['G']!;
  const loss: typeof G.loss = (play) => ({ loss: tf.mul(G.loss(play).loss, Number.NaN) });
  const trainer = await trainerOf({ ...game, players: { ...game.players, G: { ...G, loss } } });
  // What is not a setting of a resumed run is not advised for one.
  await expect(trainer.next()).rejects.toMatchObject({
    code: 'not-finite',
    message: expect.stringMatching(
      /loss\/G became NaN at step 1; train anew with lower .*--on-collapse rollback/,
    ) as unknown,
  });
  await trainer.close();
});

describe('declared state', () => {
  it('is what phases and rules made of it', async () => {
    const trainer = await trainerOf(growingGame());
    const { metrics } = await trainer.next();
    const declared = await trainer.read((path) => path.startsWith('declared/'));
    const values = Object.fromEntries([...declared].map(([path, { data }]) => [path, [...data]]));
    expect(values['declared/steps']).toEqual([2]);
    // The rule of every second step has taken the signs and moved the strength by 128 images.
    expect(values['declared/signs']).toEqual([0]);
    expect(values['declared/strength']![0]).toBeCloseTo(0.5 + 0.128 * Math.sign(metrics['scores/sign']!), 6);
    expect(values['declared/logits']![0]).not.toBe(1);
    await trainer.next();
    const [signs] = (await trainer.read((path) => path === 'declared/signs')).values();
    // Without the rule the two updates of the step add up.
    expect(Math.abs(signs!.data[0]!)).toBeGreaterThan(0);
    await trainer.close();
  });

  it('must be declared', async () => {
    const game = growingGame();
    const { D } = game.players;
    const forgetful: Game = {
      ...game,
      players: {
        ...game.players,
        D: { ...D!, loss: (play) => ({ ...D!.loss(play), state: { q: tf.scalar(1) } }) },
      },
    };
    const trainer = await trainerOf(forgetful);
    await expect(trainer.next()).rejects.toThrow(
      'the game has no declared state "q"; it has signs, strength, logits, steps',
    );
    await trainer.close();
  });
});

describe('phases', () => {
  it('report a loss of their own beside the player’s, in the steps they are part of', async () => {
    const trainer = await trainerOf(growingGame());
    expect(Object.keys((await trainer.next()).metrics)).toEqual([
      'loss/D',
      'scores/sign',
      'loss/penalty',
      'loss/G',
    ]);
    expect(Object.keys((await trainer.next()).metrics)).toEqual(['loss/D', 'scores/sign', 'loss/G']);
    await trainer.close();
  });
});
