/** Seats, silence, blame and agreement, on made-up clocks. */
import { type RootCause } from '@kiln/control';
import { describe, expect, it, vi } from 'vitest';
import { Blame } from './blame.ts';
import { Liveness } from './liveness.ts';
import { Member } from './member.ts';
import { Seats } from './seats.ts';
import { StepAgreement } from './step-agreement.ts';

const request = (incarnation: string, rank?: number) => ({
  protocol: 1,
  incarnation,
  host: 'alpha',
  pid: 7,
  device: 'cpu',
  rank,
  runId: '',
  hostId: '',
  endpoint: '',
  publicKey: '',
});
const beat = (step: number, phase: 'training' | 'compiling' = 'training') => ({
  seat: { runId: 'r', generation: 2, rank: 0 },
  sequence: 1,
  progress: { phase, step, images: 0, kimg: 0 },
  sentAtMs: 0,
});

describe('Seats', () => {
  it('fences by run, generation, rank and state', () => {
    const seats = new Seats({ runId: 'r', generation: 2 }, 2, 50);
    const member = seats.take(request('a'), 0);
    expect(seats.authorize({ runId: 'r', generation: 2, rank: 0 })).toBe(member);
    expect(() => seats.authorize({ runId: 'q', generation: 2, rank: 0 })).toThrow(
      /stale-generation.*the call is of run q/,
    );
    expect(() => seats.authorize({ runId: 'r', generation: 1, rank: 0 })).toThrow(
      /stale-generation.*generation 1; that worker must end/,
    );
    expect(() => seats.authorize({ runId: 'r', generation: 2, rank: 1 })).toThrow(
      /seat\.rank: expected 0 to 1, got 1/,
    );
    member.state = 'lost';
    expect(() => seats.authorize({ runId: 'r', generation: 2, rank: 0 })).toThrow(
      /stale-generation.*rank 0 \(host alpha, pid 7\) was declared lost; its seat is closed and it must end/,
    );
  });

  it('gives the seat again to the process that has it', () => {
    const seats = new Seats({ runId: 'r', generation: 2 }, 2, 50);
    expect(seats.take(request('a'), 0)).toBe(seats.take(request('a'), 5));
    expect(seats.missing).toEqual([1]);
    expect(() => seats.take({ ...request('b'), protocol: 99 }, 0)).toThrow(
      /the coordinator speaks 1, the worker 99/,
    );
  });
});

describe('Liveness', () => {
  const watch = (member: Member) => {
    const silent: number[] = [];
    const liveness = new Liveness({
      timeoutMs: 5_000,
      startupTimeoutMs: 60_000,
      present: () => [member],
      onSilent: (_, ms) => silent.push(ms),
    });
    return { silent, check: (nowMs: number) => liveness.check(nowMs) };
  };
  const passing = (from: number, to: number, check: (nowMs: number) => void): void => {
    for (let now = from; now <= to; now += 100) check(now);
  };

  it('finds silence beyond the limit, and only that', () => {
    const member = new Member(0, request('a'), 50, 0);
    member.beat(beat(1), 1_000);
    const { silent, check } = watch(member);
    passing(1_000, 6_000, check);
    expect(silent).toEqual([]);
    check(6_100);
    expect(silent).toEqual([5_100]);
  });

  it('has patience while a worker loads or compiles', () => {
    const member = new Member(0, request('a'), 50, 0);
    const { silent, check } = watch(member);
    passing(0, 50_000, check);
    member.beat(beat(0, 'compiling'), 50_000);
    passing(50_000, 109_000, check);
    expect(silent).toEqual([]);
    passing(109_100, 110_100, check);
    expect(silent).toHaveLength(1);
  });

  it('does not count time in which this process stood still', () => {
    const member = new Member(0, request('a'), 50, 0);
    member.beat(beat(1), 1_000);
    const { silent, check } = watch(member);
    passing(1_000, 2_000, check);
    // A laptop sleeps for ten minutes; a second later the worker beats again.
    passing(602_000, 603_000, check);
    expect(silent).toEqual([]);
  });
});

describe('Blame', () => {
  const setUp = () => {
    const members = [
      new Member(0, request('a'), 50, 0),
      new Member(1, { ...request('b'), host: 'beta' }, 50, 0),
    ] as const;
    const causes: RootCause[] = [];
    const blame = new Blame({
      windowMs: 30,
      at: (rank) => members[rank],
      onCause: (cause) => causes.push(cause),
    });
    return { members, causes, blame };
  };

  it('takes the first failure and no other', () => {
    const { members, causes, blame } = setUp();
    blame.report(members[0], { kind: 'data', message: 'a.idx: truncated at byte 16' });
    blame.lost(members[1], 'was killed');
    expect(causes).toMatchObject([
      { kind: 'data', rank: 0, message: 'rank 0 (host alpha, pid 7) failed: a.idx: truncated at byte 16' },
    ]);
  });

  it('waits after a second-hand report for the loss itself', async () => {
    const { members, causes, blame } = setUp();
    blame.report(members[0], { kind: 'peer-lost', message: 'all-reduce 3: rank 1 left', suspect: 1 });
    expect(causes).toEqual([]);
    blame.lost(members[1], 'was killed');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(causes.map(({ message }) => message)).toEqual([
      'rank 1 (host beta, pid 7) was killed in phase starting at step 0',
    ]);
  });

  it('accuses the suspect, with its witness, when nothing else is seen', async () => {
    const { members, causes, blame } = setUp();
    blame.report(members[0], { kind: 'peer-lost', message: 'all-reduce 3 timed out', suspect: 1 });
    await vi.waitFor(() => expect(causes).toHaveLength(1));
    expect(causes[0]).toMatchObject({ kind: 'worker-lost', rank: 1, host: 'beta' });
    expect(causes[0]?.message).toBe(
      'rank 1 (host beta, pid 7) fell silent in a collective (reported by rank 0 (host alpha, pid 7): all-reduce 3 timed out)',
    );
  });
});

describe('StepAgreement', () => {
  it('answers all with the highest step, when all have asked; each command by itself', async () => {
    const agreement = new StepAgreement(3);
    const first = agreement.agree(1, 0, 11);
    const other = agreement.agree(2, 0, 40);
    const rest = [agreement.agree(1, 1, 12), agreement.agree(1, 2, 11)];
    expect(await Promise.all([first, ...rest])).toEqual([12, 12, 12]);
    const waited = await Promise.race([other, Promise.resolve('waiting')]);
    expect(waited).toBe('waiting');
  });
});
