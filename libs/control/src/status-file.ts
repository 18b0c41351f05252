/** A run's status from outside: asked of its coordinator when live, else read from status.json. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { controlFilePath, readControlFile } from './control-file.ts';
import { ControlError } from './errors.ts';
import { RunObserver } from './observer.ts';
import type { RunStatus } from './run-status.ts';
import type { RunState } from './types.ts';

/** `interrupted`: the file says that the run goes on, but its coordinator is gone. */
export type SeenState = RunState | 'interrupted';

export type SeenStatus = Omit<RunStatus, 'state'> & { state: SeenState; live: boolean };

export const statusFilePath = (runFolder: string): string => join(runFolder, 'status.json');

export async function readRunStatus(
  runFolder: string,
  options: { timeoutMs?: number } = {},
): Promise<SeenStatus> {
  return (await askCoordinator(runFolder, options.timeoutMs ?? 2_000)) ?? fromFile(runFolder);
}

async function askCoordinator(runFolder: string, timeoutMs: number): Promise<SeenStatus | undefined> {
  let observer: RunObserver | undefined;
  try {
    const { address, token, tls } = await readControlFile(controlFilePath(runFolder));
    observer = await RunObserver.connect(address, token, { timeoutMs, tls });
    return { ...(await observer.getStatus()), live: true };
  } catch {
    // A killed coordinator leaves its control.json behind: the record is what is left to read.
    return undefined;
  } finally {
    observer?.close();
  }
}

async function fromFile(runFolder: string): Promise<SeenStatus> {
  const path = statusFilePath(runFolder);
  let status: RunStatus;
  try {
    status = JSON.parse(await readFile(path, 'utf8')) as RunStatus;
  } catch (cause) {
    throw new ControlError('no-run', `"${runFolder}" holds no run: ${path} is missing or unreadable`, {
      cause,
    });
  }
  const age = Math.max(0, Date.now() - status.updatedAtMs);
  const workers = status.workers.map((worker) => ({
    ...worker,
    lastHeartbeatAgeMs: worker.lastHeartbeatAgeMs === null ? null : worker.lastHeartbeatAgeMs + age,
  }));
  return { ...status, workers, state: status.outcome ? status.state : 'interrupted', live: false };
}
