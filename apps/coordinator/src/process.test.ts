/** The coordinator as a process: its output, its exit codes, its lock. */
import { createServer } from 'node:net';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { controlFilePath, readRunStatus } from '@kiln/control';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Loopback } from './testing/loopback.ts';

let loopback: Loopback;
beforeEach(async () => {
  loopback = await Loopback.create();
  await mkdir(loopback.runFolder);
  await writeFile(join(loopback.runFolder, 'config.json'), JSON.stringify({ recipe: 'fake' }));
});
afterEach(() => loopback.close());

describe('a coordinator process', () => {
  it('refuses a second run in its folder, and a killed one’s folder is taken over', async () => {
    const first = loopback.coordinatorProcess('--workers', '2');
    await first.prints('"listening"');
    const second = loopback.coordinatorProcess('--workers', '2');
    expect(await second.exited).toBe(6);
    expect(second.stderr).toMatch(
      /^\[control\/run-locked\] ".+" has a run already: coordinator pid \d+ holds it; stop it, or pass another --run\n$/,
    );
    expect(second.stderr).toContain(`pid ${first.pid} `);
    expect((await readRunStatus(loopback.runFolder)).live).toBe(true);

    first.process.kill('SIGKILL');
    await first.exited;
    expect(await readRunStatus(loopback.runFolder)).toMatchObject({
      live: false,
      state: 'interrupted',
      generation: 1,
    });
    const third = loopback.coordinatorProcess('--workers', '2');
    await third.prints('"listening"');
    expect(await readRunStatus(loopback.runFolder)).toMatchObject({
      live: true,
      state: 'joining',
      generation: 2,
    });
    expect(JSON.stringify(await loopback.rows('log.jsonl'))).toContain(
      `(pid ${first.pid}) was killed; its lock was taken over`,
    );
    third.process.kill('SIGTERM');
    expect(await third.exited).toBe(0);
    await expect(access(controlFilePath(loopback.runFolder))).rejects.toThrow('ENOENT');
  });

  it('says so when its port is in use, and leaves the folder as it was', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    const coordinator = loopback.coordinatorProcess('--workers', '2', '--listen', `127.0.0.1:${port}`);
    expect(await coordinator.exited).toBe(6);
    expect(coordinator.stderr).toBe(
      `[control/port-in-use] --listen 127.0.0.1:${port} is in use by another process; pass another port, 127.0.0.1:0 for any, or --listen unix\n`,
    );
    await expect(access(join(loopback.runFolder, 'status.json'))).rejects.toThrow('ENOENT');
    await expect(access(join(loopback.runFolder, 'coordinator.lock'))).rejects.toThrow('ENOENT');
    holder.close();
  });

  it('stops its workers on SIGTERM, which save, and ends with 0', async () => {
    const coordinator = loopback.coordinatorProcess('--workers', '2', '--listen', '127.0.0.1:0');
    await coordinator.prints('"listening"');
    const workers = [0, 1].map((rank) => loopback.worker({ steps: 100_000, stepMs: 20, rank }));
    const observer = await loopback.observer();
    await expect.poll(async () => (await observer.getStatus()).step, { timeout: 15_000 }).toBeGreaterThan(2);
    coordinator.process.kill('SIGTERM');
    expect(await coordinator.exited).toBe(0);
    expect(await Promise.all(workers.map(({ exited }) => exited))).toEqual([0, 0]);
    const status = await readRunStatus(loopback.runFolder);
    expect(status).toMatchObject({ state: 'stopped', checkpoints: { committed: 1, lastStep: status.step } });
    expect(coordinator.stdout).toContain('"event":"outcome"');
  });

  it('calls a mistake in its options by name and exits with 2', async () => {
    const wrong = loopback.coordinatorProcess('--workers', '2', '--listen', 'nowhere');
    expect(await wrong.exited).toBe(2);
    expect(wrong.stderr).toMatch(
      /^\[control\/bad-address\] --listen: use unix:\/absolute\/path or host:port, got "nowhere"\n$/,
    );
    expect(await readdir(loopback.runFolder)).toEqual(['config.json']);
  });
});
