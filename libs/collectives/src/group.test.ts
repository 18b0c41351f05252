/** Joining: who comes together, what is refused, and what stays when it does not work out. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CollectiveError } from './errors.ts';
import { currentGroup, type GroupOptions, joinGroup, leaveGroup, rank, worldSize } from './group.ts';
import { freshGroup, leftBehind, Ranks } from './testing/ranks.ts';
import { hashOf, sumInRankOrder } from './testing/values.ts';
import type { GroupStatus } from './binding.ts';

const ranks = new Ranks(6, new URL('./testing/scenarios.ts', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-test-'));
});
afterAll(() => {
  ranks.stop();
  rmSync(folder, { recursive: true });
});

const joinBoth = async (first: Partial<GroupOptions>, second: Partial<GroupOptions>) => {
  const group = { ...freshGroup(2), joinTimeoutMs: 400 };
  return Promise.all([
    ranks.join({ ...group, rank: 0, ...first }, 0),
    ranks.join({ ...group, rank: 1, ...second }, 1),
  ]);
};

describe('joining', () => {
  it('ends when all ranks are there, each of which knows the others', async () => {
    const pids = [ranks.pid(0), ranks.pid(1)];
    expect(await joinBoth({ joinTimeoutMs: 10_000 }, { joinTimeoutMs: 10_000 })).toEqual([
      { value: pids },
      { value: pids },
    ]);
  });

  it('names the ranks that did not come', async () => {
    const { failed } = await ranks.join({ ...freshGroup(3), rank: 0, joinTimeoutMs: 150 }, 0);
    expect(failed).toMatchObject({ name: 'CollectiveError', code: 'join-failed' });
    expect(failed!.message).toMatch(/generation 1: rank 1, rank 2 did not join within 150 ms/);
    const alone = await ranks.join({ ...freshGroup(2), rank: 1, joinTimeoutMs: 150 }, 1);
    expect(alone.failed!.message).toMatch(/rank 0 did not form it within 150 ms/);
  });

  it('refuses another size, another generation and a rank that is taken', async () => {
    const [, size] = await joinBoth({}, { worldSize: 3 });
    expect(size.failed!.message).toMatch(
      /rank 0 forms a group of 2 ranks, generation 1; this rank was told 3 ranks/,
    );
    const twice = await joinBoth({ worldSize: 3 }, { worldSize: 3, rank: 0 });
    const messages = twice.map(({ failed }) => failed!.message).toSorted();
    expect(messages[0]).toMatch(/is in use: another rank 0 forms this group/);
    expect(messages[1]).toMatch(/rank 1, rank 2 did not join/);
  });

  it('ends with the name of a rank that dies meanwhile', async () => {
    const group = freshGroup(3);
    const waiting = ranks.join({ ...group, rank: 0 }, 0);
    void ranks.join({ ...group, rank: 2 }, 1);
    const victim = ranks.pid(1);
    await new Promise((done) => setTimeout(done, 300));
    ranks.signal(1, 'SIGKILL');
    const { failed } = await waiting;
    expect(failed!.message).toMatch(
      new RegExp(`rank 2 \\(pid ${victim}\\) ended .* while the group was forming`),
    );
    expect(leftBehind()).toEqual([]);
  });

  it('removes what a killed rank 0 has left, when the group is formed again', async () => {
    // A folder of its own: whoever forms a group in /dev/shm removes what others have left there.
    const group = { ...freshGroup(2), directories: [folder] };
    const left = ranks.join({ ...group, rank: 0, joinTimeoutMs: 20_000 }, 0);
    while (readdirSync(folder).length === 0) await new Promise((done) => setTimeout(done, 5));
    ranks.signal(0, 'SIGKILL');
    await left;
    expect(readdirSync(folder)).toHaveLength(1);
    const outcomes = await Promise.all([0, 1].map((who) => ranks.join({ ...group, rank: who }, who)));
    expect(outcomes.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves alone what other groups are making in the same folder', async () => {
    const forming = (pair: number) => {
      const group = { ...freshGroup(2), directories: [folder], joinTimeoutMs: 3000 };
      return [0, 1].map((rank) => ranks.joinMany({ ...group, rank }, 400, 2 * pair + rank));
    };
    const outcomes = await Promise.all([0, 1, 2].flatMap(forming));
    expect(outcomes).toEqual(outcomes.map(() => ({ value: 400 })));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the next folder when the first has no room, and says so', async () => {
    const missing = join(folder, 'missing');
    const results = await ranks.values<{ hash: string; status: GroupStatus }>(
      'statusAfterSum',
      () => ({ length: 300_000 }),
      { worldSize: 2, group: { directories: [missing, folder], bytes: 2 ** 24 } },
    );
    for (const { hash, status } of results) {
      expect(hash).toBe(hashOf(sumInRankOrder(2, 300_000)));
      expect(status).toMatchObject({ location: folder, state: 'ready' });
      expect(status.note).toContain(`in ${missing}`);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('in this process', () => {
  it('a group of one needs no peers', async () => {
    expect([worldSize(), rank(), currentGroup()]).toEqual([1, 0, null]);
    const group = await joinGroup({ name: 'one', rank: 0, worldSize: 1, generation: 4 });
    expect(currentGroup()).toBe(group);
    await expect(joinGroup({ name: 'two', rank: 0, worldSize: 1, generation: 4 })).rejects.toThrow(
      "this process is rank 0 of group 'one', generation 4; call leaveGroup first",
    );
    await leaveGroup();
    expect(currentGroup()).toBeNull();
  });

  it.each([
    [{ name: '../x' }, 'name must be'],
    [{ worldSize: 0 }, 'worldSize must be 1 to 64, got 0'],
    [{ rank: 2 }, 'rank must be 0 to 1 in a world of 2, got 2'],
    [{ generation: -1 }, 'generation must be a count, got -1'],
  ])('refuses %o', async (wrong, message) => {
    const joining = joinGroup({ name: 'x', rank: 0, worldSize: 2, generation: 0, ...wrong });
    await expect(joining).rejects.toThrow(CollectiveError);
    await expect(joining).rejects.toThrow(message);
    expect(currentGroup()).toBeNull();
  });

  it('joining can be given up', async () => {
    const joining = joinGroup({ name: `test-${process.pid}-given-up`, rank: 0, worldSize: 2, generation: 0 });
    await new Promise((done) => setTimeout(done, 30));
    await Promise.all([expect(joining).rejects.toThrow('gave up joining'), leaveGroup()]);
    expect(existsSync(`/dev/shm/kiln-collectives-test-${process.pid}-given-up-g0`)).toBe(false);
  });
});
