/** Workers as processes that are killed, stopped or starved. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Loopback, type Child } from './testing/loopback.ts';

let loopback: Loopback;
beforeEach(async () => {
  loopback = await Loopback.create();
});
afterEach(() => loopback.close());

/** Two workers in the middle of training, and which process has which rank. */
async function training(): Promise<Child[]> {
  const workers = [0, 1].map((rank) => loopback.worker({ steps: 100_000, stepMs: 20, rank }));
  const observer = await loopback.observer();
  await expect.poll(async () => (await observer.getStatus()).step, { timeout: 15_000 }).toBeGreaterThan(3);
  return workers;
}

describe('a worker that is lost', () => {
  it('by a kill ends the run at once, naming rank, host and pid; the other one is told and leaves', async () => {
    const coordinator = await loopback.coordinator();
    const [survivor, victim] = await training();
    const killedAt = performance.now();
    victim?.process.kill('SIGKILL');
    const outcome = await coordinator.done;
    expect(performance.now() - killedAt).toBeLessThan(6_000);
    expect(outcome).toMatchObject({
      state: 'failed',
      exitCode: 5,
      rootCause: { kind: 'worker-lost', rank: 1, pid: victim?.pid },
    });
    expect(outcome.message).toMatch(
      /^rank 1 \(host .+, pid \d+\) was killed or crashed: its connection broke in phase training at step \d+$/,
    );
    expect(await survivor?.exited).toBe(5);
  });

  it('by falling silent is found within the time limit, and refused when it comes back', async () => {
    const coordinator = await loopback.coordinator({ timings: { heartbeatTimeoutMs: 1_000 } });
    const [survivor, zombie] = await training();
    const stoppedAt = performance.now();
    zombie?.process.kill('SIGSTOP');
    const outcome = await coordinator.done;
    expect(performance.now() - stoppedAt).toBeLessThan(6_000);
    expect(outcome).toMatchObject({
      state: 'failed',
      exitCode: 5,
      rootCause: { kind: 'worker-lost', rank: 1, pid: zombie?.pid },
    });
    expect(outcome.message).toMatch(/fell silent 1\.\d s ago in phase training/);
    expect(await survivor?.exited).toBe(5);
    zombie?.process.kill('SIGCONT');
    expect(await zombie?.exited).not.toBe(0);
  });

  it('while the others still join ends the wait for it', async () => {
    const coordinator = await loopback.coordinator({ worldSize: 2 });
    const worker = loopback.worker({ steps: 1, stepMs: 1 });
    const observer = await loopback.observer();
    await expect.poll(async () => (await observer.getStatus()).workers.length, { timeout: 15_000 }).toBe(1);
    worker.process.kill('SIGKILL');
    const outcome = await coordinator.done;
    expect(outcome).toMatchObject({ exitCode: 5, rootCause: { rank: 0, pid: worker.pid } });
    expect(outcome.message).toMatch(/was killed or crashed while joining/);
  });
});
