import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlClient, RunObserver, controlFilePath, readRunStatus, type WatchedEvent } from '@kiln/control';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { work } from './testing/fake-worker.ts';
import { Loopback } from './testing/loopback.ts';

let loopback: Loopback;
beforeEach(async () => {
  loopback = await Loopback.create();
});
afterEach(() => loopback.close());

const clients = (count: number): Promise<ControlClient[]> =>
  Promise.all(Array.from({ length: count }, () => loopback.client()));

describe('joining', () => {
  it('gives each of four workers a rank of its own, when all are there', async () => {
    const coordinator = await loopback.coordinator({ worldSize: 4 });
    const assignments = await Promise.all((await clients(4)).map((client) => client.join({ device: 'cpu' })));
    expect(assignments.map(({ rank }) => rank).toSorted()).toEqual([0, 1, 2, 3]);
    for (const { worldSize, generation, runId, peers, configJson, groupName } of assignments) {
      expect({ worldSize, generation, runId }).toEqual({
        worldSize: 4,
        generation: 1,
        runId: coordinator.run.runId,
      });
      expect(peers.map(({ rank }) => rank)).toEqual([0, 1, 2, 3]);
      expect(JSON.parse(configJson)).toEqual({ recipe: 'fake' });
      expect(groupName).toBe(`kiln-${runId}-1`);
    }
  });

  it('does not answer before the last one, and then names those who are missing', async () => {
    const coordinator = await loopback.coordinator({ worldSize: 3, timings: { joinTimeoutMs: 300 } });
    const [client] = await clients(1);
    await expect(client?.join({ device: 'cpu', host: 'alpha' })).rejects.toThrow(
      /\[control\/aborted\] rank 1, 2 of 3 did not join within 0\.3 s; joined: rank 0 \(host alpha, pid \d+\)/,
    );
    expect(await coordinator.done).toMatchObject({ state: 'failed', exitCode: 5 });
  });

  it('refuses a rank that is taken, naming its holder, and one worker too many', async () => {
    await loopback.coordinator({ worldSize: 2 });
    const [first, second, third, fourth] = await clients(4);
    const joined = first?.join({ device: 'cpu', rank: 1, host: 'alpha', pid: 77 });
    const observer = await loopback.observer();
    await expect.poll(async () => (await observer.getStatus()).workers.length).toBe(1);
    await expect(second?.join({ device: 'cpu', rank: 1 })).rejects.toThrow(
      /seat-taken.*rank 1 \(host alpha, pid 77\)/,
    );
    await expect(third?.join({ device: 'cpu', rank: 2 })).rejects.toThrow(
      /--rank: expected 0 to 1 \(of 2 workers\), got 2/,
    );
    await second?.join({ device: 'cpu' });
    expect((await joined)?.rank).toBe(1);
    await expect(fourth?.join({ device: 'cpu' })).rejects.toThrow(/taken by all 2: rank 0 .*, rank 1 /);
  });

  it('refuses a worker that expects another run', async () => {
    await loopback.coordinator();
    const [client] = await clients(1);
    await expect(client?.join({ device: 'cpu', runId: 'other' })).rejects.toThrow(/the worker expects other/);
  });
});

describe('fencing', () => {
  it('refuses every call of an earlier generation', async () => {
    const first = await loopback.coordinator({ worldSize: 1 });
    const { address, token } = await loopback.control();
    const old = await ControlClient.connect(address, token);
    await old.join({ device: 'cpu' });
    await first.stop({ reason: 'over', now: true });
    await first.done;
    // The next generation at the same place, so that the old worker can reach it.
    await loopback.coordinator({ worldSize: 1, listen: address, token });
    const tick = { tick: 1, step: 1, kimg: 1, values: {} };
    await expect(old.reportTick(tick)).rejects.toMatchObject({ code: 'stale-generation' });
    await expect(old.beginCheckpoint({ step: 1 })).rejects.toThrow(
      /generation 2, the call is of run \w+ generation 1/,
    );
    await expect(old.leave({ outcome: 'finished' })).rejects.toMatchObject({ code: 'stale-generation' });
    old.close();
  });

  it('refuses a wrong token and logs it without the token', async () => {
    await loopback.coordinator();
    const { address } = await loopback.control();
    const stranger = await ControlClient.connect(address, 'guessed');
    await expect(stranger.join({ device: 'cpu' })).rejects.toMatchObject({ code: 'unauthenticated' });
    stranger.close();
    const log = JSON.stringify(await loopback.rows('log.jsonl'));
    expect(log).toContain("refused a call without the run's token");
    expect(log).not.toContain('guessed');
  });
});

describe('a run that finishes', () => {
  it('brings ticks to metrics.jsonl and to watchers, early and late, and ends as finished', async () => {
    const coordinator = await loopback.coordinator();
    const watched: WatchedEvent[] = [];
    const observer = await loopback.observer();
    const watching = (async () => {
      for await (const event of observer.watch()) watched.push(event);
    })();
    await Promise.all((await clients(2)).map((client) => work(client, { steps: 5, stepMs: 10 })));
    const outcome = await coordinator.done;
    await watching;
    expect(outcome).toMatchObject({ state: 'finished', exitCode: 0, rootCause: null });
    const rows = await loopback.rows('metrics.jsonl');
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(rows[3]).toMatchObject({
      tick: 4,
      step: 4,
      kimg: 0.4,
      lossG: 0.25,
      imagesPerSecond: 10,
      generation: 1,
    });
    const ticks = watched.flatMap((event) => (event.kind === 'tick' ? [event.tick.step] : []));
    expect(ticks).toEqual([1, 2, 3, 4, 5]);
    expect(watched.map(({ sequence }) => sequence)).toEqual(watched.map((_, index) => index + 1));
    expect(watched.at(-1)).toMatchObject({
      kind: 'outcome',
      outcome: { state: 'finished' },
      run: coordinator.run,
    });
  });

  it('answers status while live, and leaves it in status.json', async () => {
    const coordinator = await loopback.coordinator();
    const working = Promise.all((await clients(2)).map((client) => work(client, { steps: 20, stepMs: 20 })));
    const observer = await loopback.observer();
    await expect
      .poll(async () => (await observer.getStatus()).workers.map(({ state }) => state))
      .toEqual(['live', 'live']);
    await expect.poll(async () => (await observer.getStatus()).step).toBeGreaterThan(2);
    const live = await readRunStatus(loopback.runFolder);
    expect(live).toMatchObject({ live: true, state: 'running', generation: 1, recipe: 'fake', worldSize: 2 });
    expect(live.workers[1]).toMatchObject({ rank: 1, pid: process.pid, phase: 'training', device: 'cpu' });
    expect(live.workers[1]?.lastHeartbeatAgeMs).toBeLessThan(5_000);
    await working;
    await coordinator.done;
    const after = await readRunStatus(loopback.runFolder);
    expect(after).toMatchObject({
      live: false,
      state: 'finished',
      step: 20,
      kimg: 1.28,
      outcome: { exitCode: 0 },
    });
    const { beats, p50Ms, p99Ms, maxMs } = after.workers[0]!.trainingLateness;
    expect(beats).toBeGreaterThan(3);
    expect([p50Ms, p99Ms, maxMs]).toEqual([p50Ms, p99Ms, maxMs].toSorted((a, b) => a - b));
  });

  it('keeps its secrets to the user and removes them at the end', async () => {
    const coordinator = await loopback.coordinator();
    const { address } = await loopback.control();
    const socket = address.replace('unix:', '');
    expect((await stat(controlFilePath(loopback.runFolder))).mode & 0o777).toBe(0o600);
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    await coordinator.stop({ reason: 'enough' });
    expect(await coordinator.done).toMatchObject({ state: 'stopped', exitCode: 0 });
    expect((await readdir(loopback.runFolder)).toSorted()).toEqual([
      'config.json',
      'log.jsonl',
      'metrics.jsonl',
      'status.json',
    ]);
    await expect(access(socket)).rejects.toThrow('ENOENT');
  });
});

describe('stop', () => {
  it('reaches all workers, who stop at one step, save and leave', async () => {
    const coordinator = await loopback.coordinator();
    const working = Promise.all(
      (await clients(2)).map((client, index) => work(client, { steps: 1_000, stepMs: 10 + 25 * index })),
    );
    const observer = await loopback.observer();
    await expect.poll(async () => (await observer.getStatus()).step).toBeGreaterThan(3);
    await observer.stop({ reason: 'enough' });
    await observer.stop({ reason: 'again' });
    const results = await working;
    const outcome = await coordinator.done;
    expect(outcome).toMatchObject({ state: 'stopped', exitCode: 0 });
    expect(outcome.message).toMatch(/^stopped at step \d+ .*: enough$/);
    const step = Math.max(...results.map((result) => result.step));
    // The second stop is no second command.
    expect(
      results.map((result) => ({
        step: result.step,
        outcome: result.outcome,
        commands: result.commands.length,
      })),
    ).toEqual([
      { step, outcome: 'stopped', commands: 1 },
      { step, outcome: 'stopped', commands: 1 },
    ]);
    expect(results[0]?.saves.at(-1)).toMatchObject({ committed: true });
    expect((await readRunStatus(loopback.runFolder)).checkpoints.lastStep).toBe(step);
  });

  it('with `now` does not wait, and says that the state was not saved', async () => {
    const coordinator = await loopback.coordinator();
    const working = Promise.all(
      (await clients(2)).map((client) => work(client, { steps: 1_000, stepMs: 10 })),
    );
    const observer = await loopback.observer();
    await expect.poll(async () => (await observer.getStatus()).step).toBeGreaterThan(3);
    await observer.stop({ reason: 'hurry', now: true });
    expect(await coordinator.done).toMatchObject({
      state: 'stopped',
      exitCode: 130,
      message: /hurry; its state was not saved/,
    });
    expect((await working).map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  it('carries a launcher’s report of a worker that died before it joined', async () => {
    const coordinator = await loopback.coordinator();
    const observer = await loopback.observer();
    await observer.stop({
      reason: 'exit',
      failure: { kind: 'setup', message: 'worker process 7 exited with code 7' },
    });
    expect(await coordinator.done).toMatchObject({
      state: 'failed',
      exitCode: 7,
      message: 'worker process 7 exited with code 7',
    });
  });
});

describe('failures', () => {
  it("end the run with the first worker's own reason and code", async () => {
    const coordinator = await loopback.coordinator();
    const failure = { kind: 'training', message: 'loss G is NaN', atStep: 3, rank: 1 } as const;
    const results = await Promise.all(
      (await clients(2)).map((client) => work(client, { steps: 500, stepMs: 10, failure })),
    );
    expect(await coordinator.done).toMatchObject({
      state: 'failed',
      exitCode: 8,
      message: /^rank 1 \(host .*, pid \d+\) failed: loss G is NaN$/,
      rootCause: { kind: 'training', rank: 1 },
    });
    expect(results.flatMap(({ commands }) => commands.map(({ kind }) => kind))).toContain('abort');
  });

  it('are not blamed on the witness of a lost peer', async () => {
    const coordinator = await loopback.coordinator({ timings: { blameWindowMs: 150, abortGraceMs: 200 } });
    const [witness, suspect] = await clients(2);
    const joined = await Promise.all([
      witness?.join({ device: 'cpu', rank: 0 }),
      suspect?.join({ device: 'cpu', rank: 1, host: 'beta' }),
    ]);
    expect(joined).toHaveLength(2);
    for (const client of [witness, suspect]) {
      client?.startHeartbeat(() => ({ phase: 'training', step: 4, images: 4, kimg: 1 }), {
        onCommand: () => undefined,
      });
    }
    await witness?.leave({
      outcome: 'failed',
      error: { kind: 'peer-lost', message: 'all-reduce 12', suspect: 1 },
    });
    expect(await coordinator.done).toMatchObject({
      exitCode: 5,
      rootCause: { kind: 'worker-lost', rank: 1, host: 'beta' },
    });
  });

  it('of a watcher or a stranger do not touch the run', async () => {
    const coordinator = await loopback.coordinator();
    const { address, token } = await loopback.control();
    const observer = await RunObserver.connect(address, token);
    const first = await observer.watch().next();
    expect(first.done).toBe(false);
    observer.close();
    await Promise.all((await clients(2)).map((client) => work(client, { steps: 3, stepMs: 5 })));
    expect(await coordinator.done).toMatchObject({ state: 'finished' });
    expect(JSON.parse(await readFile(join(loopback.runFolder, 'config.json'), 'utf8'))).toEqual({
      recipe: 'fake',
    });
  });
});
