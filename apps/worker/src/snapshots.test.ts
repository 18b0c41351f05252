import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginCheckpoint, commitCheckpoint, type ShardRecord } from '@kiln/checkpoints';
import type { SaveOptions, SaveResult } from '@kiln/control';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { Trainer, type Snapshot } from '@kiln/training';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { RunConfig } from './run-config.ts';
import { Saver } from './saver.ts';
import { goBack, readSnapshot } from './snapshots.ts';

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

async function trainerFrom(snapshot?: Snapshot): Promise<Trainer> {
  const dataset = await openDataset(recipes.smoke.data!(''));
  const game = recipes.smoke.build(recipes.smoke.settings.parse({}), dataset);
  const trainer = await Trainer.create({ game, dataset, seed: 3, batch: 16, rank: 0 }, snapshot);
  onTestFinished(async () => {
    await trainer.close();
    dataset.dispose();
  });
  return trainer;
}

async function runFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-rollback-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Saves each of the next `steps` steps. */
async function trainAndSave(trainer: Trainer, run: string, steps: number): Promise<void> {
  const root = join(run, 'checkpoints');
  const client = {
    saveCheckpoint: async ({ step, write, permanent }: SaveOptions): Promise<SaveResult> => {
      const staging = await beginCheckpoint(root, step);
      const { shard, metaJson } = await write(staging);
      const meta = JSON.parse(metaJson) as Record<string, unknown>;
      await commitCheckpoint({
        root,
        step,
        staging,
        shards: [shard as ShardRecord],
        meta,
        permanent: permanent === true,
      });
      return { committed: true, path: '', error: '' };
    },
  };
  const config = { recipe: 'smoke', seed: 3, permanentSteps: 4 } as RunConfig;
  const saver = new Saver({
    client,
    assignment: { rank: 0, worldSize: 1, generation: 1 },
    config,
    trainer,
    meta: {},
  });
  for (let step = 0; step < steps; step++) {
    await trainer.next();
    await saver.begin();
  }
  await saver.settled();
}

const reason = 'loss/G became NaN';
const stateOf = async (trainer: Trainer): Promise<unknown> => [...(await trainer.read(() => true))];

test('a run goes back to the newest checkpoint up to the good step; later ones go, permanent ones under another name', async () => {
  const [run, trainer] = [await runFolder(), await trainerFrom()];
  await trainAndSave(trainer, run, 2);
  const good = await stateOf(trainer);
  await trainAndSave(trainer, run, 2);
  const path = await goBack({ runFolder: run, trainer, rank: 0, goodStep: 2, reason });
  expect(path).toMatch(/step-00000002$/);
  expect([trainer.step, trainer.cursor, trainer.rollbacks]).toEqual([2, 32, 1]);
  expect(await stateOf(trainer)).toEqual(good);
  const left = await readdir(join(run, 'checkpoints'));
  expect(left.toSorted()).toEqual([
    'LATEST',
    'step-00000001',
    'step-00000002',
    expect.stringMatching(/^step-00000004\.given-up-/),
  ]);
});

test('what follows is another course than before, and one that resumes to the same bits', async () => {
  const [run, trainer] = [await runFolder(), await trainerFrom()];
  await trainAndSave(trainer, run, 1);
  await trainer.next();
  const before = await stateOf(trainer);
  await goBack({ runFolder: run, trainer, rank: 0, goodStep: 1, reason });
  await trainAndSave(trainer, run, 1);
  expect(await stateOf(trainer)).not.toEqual(before);
  await trainer.next();
  const resumed = await trainerFrom(await readSnapshot(join(run, 'checkpoints', 'step-00000002')));
  expect(resumed.rollbacks).toBe(1);
  await resumed.next();
  expect(await stateOf(resumed)).toEqual(await stateOf(trainer));
});

test('a run that collapses again goes back further, as far as there is anything', async () => {
  const [run, trainer] = [await runFolder(), await trainerFrom()];
  await trainAndSave(trainer, run, 3);
  const back = (goodStep: number, lastReturn?: number): Promise<string> =>
    goBack({ runFolder: run, trainer, rank: 0, goodStep, reason, lastReturn });
  expect(await back(2)).toMatch(/step-00000002$/);
  expect(await back(3, 2)).toMatch(/step-00000001$/);
  expect(await back(3, 1)).toMatch(/step-00000001$/);
});

test('without a checkpoint from before there is no going back, and the message says what to change', async () => {
  const [run, trainer] = [await runFolder(), await trainerFrom()];
  await trainer.next();
  await trainAndSave(trainer, run, 1);
  await expect(goBack({ runFolder: run, trainer, rank: 0, goodStep: 1, reason })).rejects.toThrow(
    /holds no checkpoint of step 1 or before to go back to: loss\/G became NaN; train anew with lower learning rates, or save more often/,
  );
});
