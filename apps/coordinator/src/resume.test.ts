/** Checkpoints over the wire: commit, failure, retention, and going on from them. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError, listCheckpoints, readManifest } from '@kiln/checkpoints';
import type { ControlClient } from '@kiln/control';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointStore } from './saves.ts';
import { work } from './testing/fake-worker.ts';
import { Loopback } from './testing/loopback.ts';

let loopback: Loopback;
beforeEach(async () => {
  loopback = await Loopback.create();
});
afterEach(() => loopback.close());

const root = (): string => join(loopback.runFolder, 'checkpoints');
const clients = (count: number): Promise<ControlClient[]> =>
  Promise.all(Array.from({ length: count }, () => loopback.client()));
const train = async (steps: number, saveEvery: number, workers = 2) =>
  Promise.all((await clients(workers)).map((client) => work(client, { steps, stepMs: 5, saveEvery })));

describe('checkpoints', () => {
  it('are committed once all shards are in; the last ones and the permanent ones are kept', async () => {
    const config = { recipe: 'fake', keepLast: 2, permanentSteps: 4 };
    const coordinator = await loopback.coordinator({ config });
    const results = await train(12, 2);
    expect(await coordinator.done).toMatchObject({ state: 'finished', exitCode: 0 });
    for (const { saves } of results)
      expect(saves.map(({ committed }) => committed)).toEqual(Array(6).fill(true));
    expect((await listCheckpoints(root())).map(({ step }) => step)).toEqual([4, 8, 10, 12]);
    const manifest = await readManifest(join(root(), 'step-00000012'));
    expect(manifest.meta).toMatchObject({
      step: 12,
      images: 768,
      runId: coordinator.run.runId,
      generation: 1,
    });
    expect(manifest.shards.map(({ tensors }) => tensors[0]?.name)).toEqual([
      'layer0/weights',
      'layer1/weights',
    ]);
  });

  it('that find the disk full leave training and the older ones alone', async () => {
    const full = new CheckpointError('disk-full', 'manifest.json', 'no space left while committing (ENOSPC)');
    let commits = 0;
    const store = {
      ...checkpointStore,
      commitCheckpoint: async (commit: Parameters<typeof checkpointStore.commitCheckpoint>[0]) => {
        commits += 1;
        if (commits === 2) throw full;
        return checkpointStore.commitCheckpoint(commit);
      },
    };
    const coordinator = await loopback.coordinator({ store });
    const results = await train(6, 2);
    expect(await coordinator.done).toMatchObject({ state: 'finished', exitCode: 0 });
    for (const { saves } of results) {
      expect(saves.map(({ committed }) => committed)).toEqual([true, false, true]);
      expect(saves[1]?.error).toContain('no space left');
    }
    expect((await readdir(root())).toSorted()).toEqual(['LATEST', 'step-00000002', 'step-00000006']);
    expect(JSON.stringify(await loopback.rows('log.jsonl'))).toContain(
      'checkpoint of step 4 not saved, earlier ones are intact: [checkpoint] manifest.json: no space left',
    );
  });
});

describe('resume', () => {
  it('gives the newest sound checkpoint to another number of workers, in a new generation, without the undone ticks', async () => {
    const first = await loopback.coordinator();
    await train(7, 5);
    await first.done;
    await mkdir(join(root(), 'step-00000006'));
    await writeFile(join(root(), 'step-00000006/manifest.json'), 'torn');
    expect((await loopback.rows('metrics.jsonl')).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);

    const second = await loopback.coordinator({ resume: true, worldSize: 1 });
    expect(second.run).toEqual({ runId: first.run.runId, generation: 2 });
    const [result] = await train(8, 100, 1);
    expect(await second.done).toMatchObject({ state: 'finished' });
    expect(result?.assignment).toMatchObject({
      resumeFrom: join(root(), 'step-00000005'),
      generation: 2,
      worldSize: 1,
    });
    const rows = await loopback.rows('metrics.jsonl');
    expect(rows.map(({ step, generation }) => `${String(step)}@${String(generation)}`)).toEqual([
      '1@1',
      '2@1',
      '3@1',
      '4@1',
      '5@1',
      '6@2',
      '7@2',
      '8@2',
    ]);
    const log = JSON.stringify(await loopback.rows('log.jsonl'));
    expect(log).toContain('step-00000006 passed over: [checkpoint]');
    expect(log).toContain('generation 2 goes on from step 5 (2 later ticks undone)');
  });

  it('of a folder without a sound checkpoint is refused, as is training over one', async () => {
    await expect(loopback.coordinator({ resume: true })).rejects.toMatchObject({ code: 'no-checkpoint' });
    const coordinator = await loopback.coordinator({ worldSize: 1 });
    await train(2, 2, 1);
    await coordinator.done;
    await expect(loopback.coordinator()).rejects.toThrow(
      /run-exists.*holds a run already, with a checkpoint of step 2; go on with kiln resume/,
    );
  });
});
