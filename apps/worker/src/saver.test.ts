import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginCheckpoint, commitCheckpoint, readCheckpoint, type ShardRecord } from '@kiln/checkpoints';
import type { SaveOptions, SaveResult } from '@kiln/control';
import { openDataset } from '@kiln/datasets';
import { startEngine } from '@kiln/engine';
import { recipes } from '@kiln/recipes';
import { Trainer } from '@kiln/training';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { RunConfig } from './run-config.ts';
import { Saver } from './saver.ts';

const committed: SaveResult = { committed: true, path: '', error: '' };
const config = { recipe: 'smoke', seed: 3, permanentSteps: 3 } as RunConfig;
const assignment = { rank: 0, worldSize: 1, generation: 1 };

beforeAll(() => startEngine({ intraOpThreads: 1, interOpThreads: 1 }));

/** A coordinator that gives each save its staging folder when the test says so, and commits it. */
class SlowCoordinator {
  readonly asked: SaveOptions[] = [];
  readonly permissions: PromiseWithResolvers<void>[] = [];
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async saveCheckpoint(ask: SaveOptions): Promise<SaveResult> {
    const permission = Promise.withResolvers<void>();
    this.asked.push(ask);
    this.permissions.push(permission);
    await permission.promise;
    const staging = await beginCheckpoint(this.root, ask.step);
    const { shard, metaJson, expected } = await ask.write(staging);
    await commitCheckpoint({
      root: this.root,
      step: ask.step,
      staging,
      shards: [shard as ShardRecord],
      expectedTensors: expected,
      meta: JSON.parse(metaJson) as Record<string, unknown>,
    });
    return committed;
  }
}

async function smokeTrainer(): Promise<Trainer> {
  const dataset = await openDataset({ source: 'shapes', n: 64, resolution: 16 });
  const game = recipes.smoke.build(recipes.smoke.settings.parse({}), dataset);
  const trainer = await Trainer.create({ game, dataset, seed: 3, batch: 16, rank: 0 });
  onTestFinished(async () => {
    await trainer.close();
    dataset.dispose();
  });
  return trainer;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-saver-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const stateOf = async (trainer: Trainer) =>
  new Map([...(await trainer.read(() => true))].map(([path, { data }]) => [path, [...data]]));

test('training goes on while a checkpoint is saved, which holds the state of its own step; the next one waits', async () => {
  const trainer = await smokeTrainer();
  const client = new SlowCoordinator(await temporaryFolder());
  const saver = new Saver({ client, assignment, config, trainer, meta: { versions: 'all' } });
  for (let step = 0; step < 3; step++) await trainer.next();
  const expected = await stateOf(trainer);
  const { cursor } = trainer;

  await saver.begin();
  for (let step = 0; step < 2; step++) await trainer.next();
  expect(trainer.step).toBe(5);

  let second = 'waiting';
  const secondBegun = saver.begin().then(() => (second = 'begun'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([second, client.asked.length]).toEqual(['waiting', 1]);
  client.permissions[0]!.resolve();
  await secondBegun;
  await vi.waitUntil(() => client.asked.length === 2);
  expect(client.asked.map(({ step, permanent }) => [step, permanent])).toEqual([
    [3, true],
    [5, false],
  ]);

  const { manifest, tensors } = await readCheckpoint(join(client.root, 'step-00000003'));
  expect(manifest.meta).toMatchObject({ step: 3, cursor, versions: 'all' });
  const saved = [...tensors].map(([name, { data, dtype }]) => {
    const Numbers = dtype === 'I32' ? Int32Array : Float32Array;
    return [name, [...new Numbers(data.slice().buffer)]] as const;
  });
  expect(new Map(saved)).toEqual(expected);

  client.permissions[1]!.resolve();
  await saver.settled();
  expect((await readCheckpoint(join(client.root, 'step-00000005'))).manifest.meta).toMatchObject({ step: 5 });
});

test('a step that could not be saved does not keep the next one from it', async () => {
  const trainer = await smokeTrainer();
  const answers: SaveResult[] = [{ committed: false, path: '', error: 'no space left' }, committed];
  const asked: number[] = [];
  const client = {
    saveCheckpoint: async ({ step }: SaveOptions) => (asked.push(step), answers.shift()!),
  };
  const saver = new Saver({ client, assignment, config, trainer, meta: {} });
  await saver.begin();
  await trainer.next();
  await saver.begin();
  await saver.settled();
  expect(asked).toEqual([0, 1]);
});

test('the loss of the coordinator during a save is told to whoever waits next, and to nobody before', async () => {
  const trainer = await smokeTrainer();
  const client = { saveCheckpoint: async () => Promise.reject(new Error('the coordinator is gone')) };
  const saver = new Saver({ client, assignment, config, trainer, meta: {} });
  await saver.begin();
  await trainer.next();
  await expect(saver.begin()).rejects.toThrow('the coordinator is gone');
  await expect(saver.settled()).rejects.toThrow('the coordinator is gone');
});
