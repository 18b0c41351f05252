/** A lost, silent or different peer is an error that names it, on every rank, and never a hang. */
import { afterAll, describe, expect, it } from 'vitest';
import { leftBehind, Ranks } from './testing/ranks.ts';
import type { TestTransport } from './testing/protocol.ts';
import type { OneCall } from './testing/scenarios.ts';

const ranks = new Ranks(3, new URL('./testing/scenarios.ts', import.meta.url));
afterAll(() => ranks.stop());

interface Messages {
  first: string;
  second: string;
  secondMs: number;
}

const calls =
  (...each: OneCall[]) =>
  (rank: number): OneCall =>
    each[rank] as OneCall;
const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

describe.each(['shared memory', 'ZeroMQ'] as const)('over %s,', (transport: TestTransport) => {
  // Of another host, the name is told too.
  const where = (rank: number): string => (transport === 'ZeroMQ' ? ` on host-${rank}` : '');

  describe('a lost peer', () => {
    it.each([
      ['short', 1000],
      ['long', 400_000],
    ])('is named by all survivors within two seconds of its death in %s calls', async (_, length) => {
      const victim = ranks.pid(2);
      let killed = 0;
      const outcomes = await ranks.run('reduceUntilFailure', () => ({ length }), {
        transport,
        whileRunning: async (all) => {
          await pause(100);
          killed = Date.now();
          all.signal(2, 'SIGKILL');
        },
      });
      for (const rank of [0, 1]) {
        const { failed } = outcomes[rank]!;
        expect(failed!.code).toBe('ABORTED');
        expect(failed!.message).toContain(
          `all-reduce 'forever' on rank ${rank} of generation 1 failed: rank 2 (pid ${victim}${where(2)}) ended without leaving the group`,
        );
        expect(failed!.at - killed).toBeLessThan(2000);
      }
    });

    it('is named within the heartbeat limit when it is stopped, and learns it when it goes on', async () => {
      const victim = ranks.pid(1);
      let stopped = 0;
      const outcomes = await ranks.run('reduceUntilFailure', () => ({ length: 1000 }), {
        worldSize: 2,
        transport,
        group: { heartbeatTimeoutMs: 600 },
        whileRunning: async (all) => {
          await pause(50);
          stopped = Date.now();
          all.signal(1, 'SIGSTOP');
          await pause(3000);
          all.signal(1, 'SIGCONT');
        },
      });
      const [survivor, stalled] = outcomes.map(({ failed }) => failed!);
      expect(survivor!.message).toMatch(
        new RegExp(`rank 1 \\(pid ${victim}${where(1)}\\) has been silent for \\d+ ms \\(limit 600 ms`),
      );
      // Not by what the stopped rank does when it goes on.
      expect(survivor!.at - stopped).toBeLessThan(3000);
      expect(stalled!.message).toContain(`rank 1 (pid ${victim}${where(1)}) has been silent`);
    });

    it('is told apart from one that left', async () => {
      const [waiting] = await ranks.values<Messages>(
        'oneCall',
        calls({ kind: 'all-reduce' }, { kind: 'leave', delay: 100 }),
        { worldSize: 2, transport },
      );
      expect(waiting!.first).toMatch(/rank 1 \(pid \d+[^)]*\) left the group before all-reduce 'x'/);
    });

    it('leaves by ending its process in an orderly way', async () => {
      const [waiting] = await ranks.run<Messages>(
        'oneCall',
        calls({ kind: 'all-reduce' }, { kind: 'exit', delay: 100 }),
        { worldSize: 2, transport },
      );
      expect(waiting!.value!.first).toMatch(/rank 1 \(pid \d+[^)]*\) left the group before all-reduce 'x'/);
    });

    it('fails what a rank leaves behind when it leaves too early', async () => {
      const outcomes = await ranks.run('leaveUnderWay', () => ({}), { worldSize: 2, transport });
      expect(outcomes[0]!.failed!.message).toMatch(
        /rank 0 \(pid \d+[^)]*\) left the group while all-reduce 'left' was under way/,
      );
    });
  });

  describe('an abort', () => {
    it('ends what waits on every rank with the reason', async () => {
      const outcomes = await ranks.values<Messages>(
        'oneCall',
        calls({ kind: 'all-reduce' }, { kind: 'all-reduce' }, { kind: 'abort', delay: 100 }),
        { transport },
      );
      for (const rank of [0, 1]) {
        expect(outcomes[rank]!.first).toMatch(
          /all-reduce 'x' on rank \d of generation 1 failed: rank 2 \(pid \d+[^)]*\) aborted: the user said so/,
        );
      }
    });
  });

  describe('different calls', () => {
    const base: OneCall = { kind: 'all-reduce' };
    const cases: [string, OneCall, OneCall, RegExp][] = [
      [
        'length',
        base,
        { ...base, shape: [5] },
        /rank 0 \(pid \d+[^)]*\) called all-reduce sum 'x' of float \[4\] \(16 bytes\), rank 1 \(pid \d+[^)]*\) called all-reduce sum 'x' of float \[5\] \(20 bytes\)/,
      ],
      ['shape of the same length', base, { ...base, shape: [2, 2] }, /of float \[4\].*of float \[2, 2\]/],
      ['dtype of the same size', base, { ...base, dtype: 'int32' }, /of float \[4\].*of int32 \[4\]/],
      ['reduction', base, { ...base, reduction: 'max' }, /all-reduce sum 'x'.*all-reduce max 'x'/],
      ['kind', base, { kind: 'broadcast' }, /all-reduce sum 'x'.*broadcast from rank 0 'x'/],
      ['root', { kind: 'broadcast' }, { kind: 'broadcast', root: 1 }, /from rank 0 'x'.*from rank 1 'x'/],
      ['label', base, { ...base, label: 'y' }, /sum 'x'.*sum 'y'/],
      [
        'rows to gather',
        { kind: 'all-gather' },
        { kind: 'all-gather', shape: [6] },
        /all-gather 'x' of float \[4\].*all-gather 'x' of float \[6\]/,
      ],
      [
        'size of large tensors',
        { ...base, shape: [100_000] },
        { ...base, shape: [100_001] },
        /\[100000\].*\[100001\]/,
      ],
    ];

    it.each(cases)(
      'in %s name both ranks and both calls on all ranks, and close the group',
      async (_, first, second, message) => {
        const outcomes = await ranks.values<Messages>('oneCall', calls(first, second), {
          worldSize: 2,
          transport,
        });
        for (const outcome of outcomes) {
          expect(outcome.first).toMatch(message);
          expect(outcome.second).toMatch(message);
          expect(outcome.second).toContain("all-reduce 'after'");
          expect(outcome.second).toContain('join a new generation');
          expect(outcome.secondMs).toBeLessThan(1000);
        }
      },
    );

    it('of a third rank fail on the two that agree', async () => {
      const outcomes = await ranks.values<Messages>('oneCall', calls(base, base, { ...base, shape: [9] }), {
        transport,
      });
      for (const { first } of outcomes)
        expect(first).toMatch(
          /of float \[4\].*rank 2 \(pid \d+[^)]*\) called all-reduce sum 'x' of float \[9\]/,
        );
    });

    it('that never meet end at the limit and say who is missing', async () => {
      const outcomes = await ranks.values<Messages>('oneCall', calls(base, { kind: 'nothing' }), {
        worldSize: 2,
        transport,
        group: { opTimeoutMs: 300 },
      });
      const cause =
        /all-reduce 'x' did not end within 300 ms \(opTimeoutMs\): rank 1 \(pid \d+[^)]*\) did not call it/;
      expect(outcomes[0]!.first).toMatch(cause);
      expect(outcomes[1]!.second).toMatch(cause);
    });

    it('that wait for each other say what each waits in', async () => {
      const outcomes = await ranks.run('callUnder', (rank) => ({ key: rank === 0 ? 'p' : 'q' }), {
        worldSize: 2,
        transport,
        group: { opTimeoutMs: 300 },
      });
      expect(outcomes[0]!.failed!.message).toMatch(
        /rank [01] \(pid \d+[^)]*\) did not call it; it waits in all-reduce sum '[pq]' of float \[1\]/,
      );
    });
  });
});

describe('with ranks 0 and 1 on one host and rank 2 on another', () => {
  const transport = 'both';
  const each = [0, 1, 2];

  it.each([
    [1, 'rank 1 \\(pid PID\\) ended without leaving'],
    [2, 'rank 2 \\(pid PID on host-1\\) ended without leaving'],
  ])('the death of rank %i is told on both hosts', async (victim, message) => {
    const expected = new RegExp(message.replace('PID', String(ranks.pid(victim))));
    const outcomes = await ranks.run('reduceUntilFailure', () => ({ length: 100_000 }), {
      transport,
      whileRunning: async (all) => {
        await pause(100);
        all.signal(victim, 'SIGKILL');
      },
    });
    for (const rank of each.filter((survivor) => survivor !== victim))
      expect(outcomes[rank]!.failed!.message).toMatch(expected);
  });

  it.each(each)('an abort of rank %i ends what waits on both', async (aborting) => {
    const outcomes = await ranks.values<Messages>(
      'oneCall',
      (rank) => (rank === aborting ? { kind: 'abort', delay: 100 } : { kind: 'all-reduce' }),
      { transport },
    );
    const expected = new RegExp(`rank ${aborting} \\(pid \\d+[^)]*\\) aborted: the user said so`);
    for (const rank of each.filter((waiting) => waiting !== aborting))
      expect(outcomes[rank]!.first).toMatch(expected);
  });

  it.each([
    ['within a host', 1, /rank 0 \(pid \d+\) called .*\[4\].*rank 1 \(pid \d+\) called .*\[5\]/],
    [
      'between hosts',
      2,
      /rank 0 \(pid \d+ on host-0\) called .*\[4\].*rank 2 \(pid \d+ on host-1\) called .*\[5\]/,
    ],
  ])('calls that differ %s are told on both', async (_, other, message) => {
    const outcomes = await ranks.values<Messages>(
      'oneCall',
      (rank) => ({ kind: 'all-reduce', shape: [rank === other ? 5 : 4] }),
      { transport },
    );
    for (const { first } of outcomes) expect(first).toMatch(message);
  });

  it('a call that a host never makes names who is missing', async () => {
    const outcomes = await ranks.values<Messages>(
      'oneCall',
      (rank) => ({ kind: rank === 2 ? 'nothing' : 'all-reduce' }),
      { transport, group: { opTimeoutMs: 300 } },
    );
    for (const rank of [0, 1])
      expect(outcomes[rank]!.first).toMatch(
        /within 300 ms \(opTimeoutMs\): rank 2 \(pid \d+ on host-1\) did not call it/,
      );
  });
});

describe('after a failure', () => {
  it('the same processes form the next generation', async () => {
    const name = `test-${process.pid}-again`;
    const outcomes = await Promise.all(
      [0, 1].map((rank) =>
        ranks.runAlone<number[]>(rank, 'formAgain', { name, rank, worldSize: 2, generations: 5 }),
      ),
    );
    expect(outcomes).toEqual([{ value: [3, 3, 3, 3, 3] }, { value: [3, 3, 3, 3, 3] }]);
  });

  it('nothing is left in /dev/shm', () => {
    expect(leftBehind()).toEqual([]);
  });
});
