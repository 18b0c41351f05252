import { describe, expect, it } from 'vitest';
import { kiln } from '../gen/control.js';
import type { RunStatus, WatchedEvent } from '../run-status.ts';
import type { Beat, ShardReport, Seat } from '../types.ts';
import { getStatusResponse, stopRequest, watchResponse } from './status-messages.ts';
import {
  heartbeatRequest,
  joinRequest,
  leaveRequest,
  reportShardRequest,
  reportTickRequest,
} from './worker-messages.ts';

const wire = kiln.control.v1;
const seat: Seat = { runId: 'abc', generation: 3, rank: 1 };
const progress = { phase: 'training', step: 5_000_000_000, images: 2 ** 52, kimg: 12.5 } as const;
const none = { beats: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };

const status: RunStatus = {
  runId: 'abc',
  generation: 3,
  state: 'failed',
  recipe: 'digits-dcgan',
  runFolder: '/runs/a',
  worldSize: 2,
  step: 7,
  images: 448,
  kimg: 0.448,
  startedAtMs: 1.5e12,
  updatedAtMs: 1.6e12,
  coordinatorHost: 'alpha',
  coordinatorPid: 42,
  checkpoints: { committed: 1, failed: 2, lastStep: 0, lastPath: '/p', lastError: 'full' },
  outcome: {
    state: 'failed',
    exitCode: 5,
    message: 'gone',
    rootCause: { kind: 'worker-lost', message: 'gone', rank: 0, host: 'beta', pid: 7 },
  },
  workers: [
    {
      rank: 0,
      host: 'beta',
      pid: 7,
      device: 'gpu:0',
      state: 'lost',
      ...progress,
      lastHeartbeatAgeMs: 0,
      lateness: { beats: 9, p50Ms: 1, p99Ms: 2.5, maxMs: 4 },
      trainingLateness: none,
      trainingSendLateness: none,
    },
  ],
};

describe('messages', () => {
  it('come back as they were sent', () => {
    const beat: Beat = { seat, sequence: 9, progress, sentAtMs: 12.25 };
    expect(heartbeatRequest.decode(heartbeatRequest.encode(beat)).value).toEqual(beat);
    const data = { hostId: 'x', endpoint: 'tcp://10.0.0.5:1', publicKey: 'k' };
    const join = {
      protocol: 1,
      incarnation: 'i',
      host: 'h',
      pid: 1,
      device: 'cpu',
      rank: 0,
      runId: '',
      ...data,
    };
    expect(joinRequest.decode(joinRequest.encode(join)).value).toEqual(join);
    expect(joinRequest.decode(joinRequest.encode({ ...join, rank: undefined })).value?.rank).toBeUndefined();
    const tensors = [{ name: 'G/a', dtype: 'F32', shape: [2, 0, 300], sha256: 'ff', crc32c: 'ee' }];
    const report: ShardReport & { seat: Seat } = {
      seat,
      step: 7,
      nonce: 'n',
      shard: { file: 'f', bytes: 2 ** 40, sha256: 'aa', tensors },
      metaJson: '{}',
      expected: ['G/a'],
      error: '',
    };
    expect(reportShardRequest.decode(reportShardRequest.encode(report)).value).toEqual(report);
    const failure = { kind: 'peer-lost', message: 'm', stack: undefined, suspect: 0 } as const;
    const leave = { seat, reason: 'failed', failure, progress } as const;
    expect(leaveRequest.decode(leaveRequest.encode(leave)).value).toEqual(leave);
    expect(stopRequest.decode(stopRequest.encode({ reason: 'r', now: true })).value).toEqual({
      reason: 'r',
      now: true,
      failure: undefined,
    });
  });

  it('hold a whole status, also where a value is nothing', () => {
    expect(getStatusResponse.decode(getStatusResponse.encode(status)).value).toEqual(status);
    const running: RunStatus = { ...status, state: 'running', outcome: null, workers: [] };
    expect(getStatusResponse.decode(getStatusResponse.encode(running)).value).toEqual(running);
  });

  it('hold every kind of event, and losses that are not finite', () => {
    const events: WatchedEvent[] = [
      {
        kind: 'tick',
        tick: { tick: 1, step: 2, kimg: 0.5, values: { lossG: Number.NaN, lossD: -Infinity } },
      },
      { kind: 'status', status },
      { kind: 'log', log: { level: 'warn', source: 'rank 1', message: 'm', fieldsJson: '{"a":1}' } },
      {
        kind: 'checkpoint',
        checkpoint: { step: 3, committed: false, path: '', error: 'full', seconds: 0.5 },
      },
      { kind: 'outcome', outcome: { state: 'finished', exitCode: 0, message: 'done', rootCause: null } },
    ].map(
      (event, index) =>
        ({ ...event, run: { runId: 'abc', generation: 3 }, sequence: index + 1 }) as WatchedEvent,
    );
    for (const event of events)
      expect(watchResponse.decode(watchResponse.encode(event)).value).toEqual(event);
  });
});

describe('bad bytes', () => {
  it('are an error text, never an exception', () => {
    const good = heartbeatRequest.encode({ seat, sequence: 1, progress, sentAtMs: 1 });
    for (let length = 0; length < good.length; length += 1) {
      expect(() => heartbeatRequest.decode(good.subarray(0, length))).not.toThrow();
    }
    expect(joinRequest.decode(Buffer.from([0xff, 0xff, 0xff])).error).toMatch(
      /^JoinRequest: malformed bytes/,
    );
    let state = 1;
    for (let round = 0; round < 500; round += 1) {
      const bytes = Uint8Array.from({ length: 40 }, () => (state = (state * 16_807) % 2_147_483_647) & 0xff);
      expect(() => reportShardRequest.decode(bytes)).not.toThrow();
    }
  });

  it.each([
    ['a missing seat', {}, 'ReportTickRequest.seat: expected to be present, got nothing'],
    [
      'a rank beyond reason',
      { seat: { ...seat, rank: 9_999 } },
      'ReportTickRequest.seat.rank: expected 0 to 4096, got 9999',
    ],
    [
      'a step no double holds',
      { seat, tick: { step: 2 ** 60 } },
      'ReportTickRequest.tick.step: expected 0 to 9007199254740991, got 11529215046068',
    ],
    [
      'kimg that is no number',
      { seat, tick: { kimg: Number.NaN } },
      'ReportTickRequest.tick.kimg: expected a finite number, got "NaN"',
    ],
    [
      'a name with control characters',
      { seat: { ...seat, runId: 'a\nb' } },
      'ReportTickRequest.seat.run_id: expected at most 255 printable characters, got "a\\nb"',
    ],
  ])('%s is refused by field', (_, message, error) => {
    expect(reportTickRequest.decode(wire.ReportTickRequest.encode(message).finish()).error).toContain(error);
  });

  it('an enum value of a later version is refused, not guessed', () => {
    const bytes = wire.HeartbeatRequest.encode({ seat, progress: { phase: Number('77') } }).finish();
    expect(heartbeatRequest.decode(bytes).error).toMatch(
      /progress\.phase: expected one of starting, .*, got 77$/,
    );
  });
});
