import { ControlError, type CheckpointSaved, type ShardReport } from '@kiln/control';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Saves, type CheckpointStore } from './saves.ts';

const store = {
  beginCheckpoint: vi.fn<CheckpointStore['beginCheckpoint']>(),
  commitCheckpoint: vi.fn<CheckpointStore['commitCheckpoint']>(),
  abandonCheckpoint: vi.fn<CheckpointStore['abandonCheckpoint']>(),
  retain: vi.fn<CheckpointStore['retain']>(),
  isThere: vi.fn<CheckpointStore['isThere']>(),
};
let saved: CheckpointSaved[];
let warnings: string[];

beforeEach(() => {
  saved = [];
  warnings = [];
  store.beginCheckpoint
    .mockReset()
    .mockImplementation(async (root, step, nonce) => `${root}/${step}.tmp-${nonce}`);
  store.commitCheckpoint
    .mockReset()
    .mockImplementation(async ({ step }) => ({ step, path: `/c/${step}`, manifest: undefined as never }));
  store.abandonCheckpoint.mockReset().mockResolvedValue();
  store.retain.mockReset().mockResolvedValue([]);
  store.isThere.mockReset().mockReturnValue(true);
});

const make = (changes: Partial<ConstructorParameters<typeof Saves>[0]> = {}): Saves =>
  new Saves({
    root: '/c',
    worldSize: 2,
    keepLast: 2,
    permanentSteps: 0,
    timeoutMs: 60_000,
    meta: { generation: 4 },
    store,
    resumedFrom: undefined,
    onSaved: (result) => saved.push(result),
    onWarning: (message) => warnings.push(message),
    ...changes,
  });

const shard = (rank: number) => ({ file: `shard-${rank}`, bytes: 1, sha256: '', tensors: [] });
const report = (step: number, nonce: string, rank: number, error = ''): ShardReport => ({
  step,
  nonce,
  shard: error ? null : shard(rank),
  metaJson: '{"images":5,"generation":1}',
  expected: [`of rank ${rank}`],
  error,
});

describe('a save', () => {
  it('of a step whose checkpoint was removed since, by a run that went back, is another one', async () => {
    const saves = make({ worldSize: 1 });
    const first = await saves.begin(0, 10, false);
    await saves.report(0, report(10, first.nonce, 0));
    expect(await saves.begin(0, 10, false)).toMatchObject({ committedPath: '/c/10', staging: '' });
    store.isThere.mockReturnValue(false);
    const second = await saves.begin(0, 10, false);
    expect(second).toMatchObject({ committedPath: '', staging: `/c/10.tmp-${second.nonce}` });
    expect(await saves.report(0, report(10, second.nonce, 0))).toMatchObject({ committed: true });
    expect(store.commitCheckpoint).toHaveBeenCalledTimes(2);
  });

  it('opens one folder for all ranks and commits once when all shards are in, however often they are reported', async () => {
    const saves = make();
    const [a, b] = await Promise.all([saves.begin(0, 10, false), saves.begin(1, 10, false)]);
    expect(a).toEqual(b);
    expect(store.beginCheckpoint).toHaveBeenCalledTimes(1);
    const results = await Promise.all(
      [0, 0, 1, 1, 0].map((rank) => saves.report(rank, report(10, a.nonce, rank))),
    );
    for (const result of results) expect(result).toEqual({ committed: true, path: '/c/10', error: '' });
    expect(store.commitCheckpoint).toHaveBeenCalledTimes(1);
    expect(store.commitCheckpoint.mock.calls[0]?.[0]).toMatchObject({
      step: 10,
      staging: a.staging,
      shards: [shard(0), shard(1)],
      expectedTensors: ['of rank 0'],
      // The coordinator's own word on the generation counts.
      meta: { images: 5, generation: 4 },
      permanent: false,
    });
    expect(store.retain).toHaveBeenCalledWith('/c', { keepLast: 2, keepBest: undefined });
    expect(saves.status).toEqual({ committed: 1, failed: 0, lastStep: 10, lastPath: '/c/10', lastError: '' });
    expect(await saves.begin(0, 10, false)).toEqual({
      staging: '',
      nonce: '',
      error: '',
      committedPath: '/c/10',
    });
  });

  it('is permanent by rule or by wish', async () => {
    const saves = make({ permanentSteps: 100, worldSize: 1 });
    for (const [step, wish] of [
      [100, false],
      [150, false],
      [160, true],
    ] as const) {
      const { nonce } = await saves.begin(0, step, wish);
      await saves.report(0, report(step, nonce, 0));
    }
    expect(store.commitCheckpoint.mock.calls.map(([{ permanent }]) => permanent)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('that one rank cannot write is given up for all, and can be tried again', async () => {
    const saves = make();
    const { nonce, staging } = await saves.begin(0, 10, false);
    await saves.begin(1, 10, false);
    const waiting = saves.report(0, report(10, nonce, 0));
    const failed = await saves.report(1, report(10, nonce, 1, 'no space left (ENOSPC)'));
    expect(failed).toEqual({
      committed: false,
      path: '',
      error: 'rank 1 could not write its shard: no space left (ENOSPC)',
    });
    expect(await waiting).toEqual(failed);
    expect(store.commitCheckpoint).not.toHaveBeenCalled();
    expect(store.abandonCheckpoint).toHaveBeenCalledWith(staging);
    expect(saved).toMatchObject([{ step: 10, committed: false }]);
    const again = await saves.begin(0, 10, false);
    expect(again.nonce).not.toBe(nonce);
    await expect(saves.report(1, report(10, nonce, 1))).rejects.toMatchObject({ code: 'invalid' });
  });

  it('whose folder cannot be made fails for the late rank too, without a second try', async () => {
    store.beginCheckpoint.mockRejectedValue(new Error('[checkpoint] disk full'));
    const saves = make();
    expect(await saves.begin(0, 10, false)).toMatchObject({ staging: '', error: '[checkpoint] disk full' });
    expect(await saves.begin(1, 10, false)).toMatchObject({ staging: '', error: '[checkpoint] disk full' });
    expect(store.beginCheckpoint).toHaveBeenCalledTimes(1);
    expect(saves.status).toMatchObject({ failed: 1, lastError: '[checkpoint] disk full' });
  });

  it('that a rank never hands in its shard for is given up, naming it', async () => {
    const saves = make({ timeoutMs: 50 });
    const { nonce } = await saves.begin(0, 10, false);
    expect(await saves.report(0, report(10, nonce, 0))).toMatchObject({
      committed: false,
      error: 'no shard from rank 1 within 0.05 s',
    });
  });

  it('keeps its result when old checkpoints cannot be removed', async () => {
    store.retain.mockRejectedValue(new Error('busy'));
    const saves = make({ worldSize: 1 });
    const { nonce } = await saves.begin(0, 10, false);
    expect(await saves.report(0, report(10, nonce, 0))).toMatchObject({ committed: true });
    expect(warnings).toEqual(['older checkpoints could not be removed: busy']);
  });
});

describe('the end of a run', () => {
  it('gives up what waits for shards and refuses new saves, but lets a commit end', async () => {
    const commit = Promise.withResolvers<void>();
    store.commitCheckpoint.mockImplementation(async ({ step }) => {
      await commit.promise;
      return { step, path: `/c/${step}`, manifest: undefined as never };
    });
    const saves = make();
    const committing = await saves.begin(0, 10, false);
    const open = await saves.begin(0, 20, false);
    const results = [0, 1].map((rank) => saves.report(rank, report(10, committing.nonce, rank)));
    const waiting = saves.report(0, report(20, open.nonce, 0));
    const closing = saves.close(new ControlError('aborted', 'rank 1 was killed'));
    commit.resolve();
    await closing;
    expect(await Promise.all(results)).toMatchObject([{ committed: true }, { committed: true }]);
    expect(await waiting).toMatchObject({ committed: false, error: '[control/aborted] rank 1 was killed' });
    expect(store.abandonCheckpoint.mock.calls).toEqual([[open.staging]]);
    await expect(saves.begin(0, 30, false)).rejects.toMatchObject({ code: 'aborted' });
  });
});
