/** Starts a run's coordinator: locks the folder, opens the record, listens; and takes all of it down at the end. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { removeStaging } from '@kiln/checkpoints';
import {
  ControlError,
  makeRunIdentities,
  makeToken,
  needsTls,
  placeToListen,
  removeControlFile,
  serveControl,
  writeControlFile,
} from '@kiln/control';
import type { ControlServer, RunOutcome, RunRef, StopOptions } from '@kiln/control';
import type { TransportChoice } from './data-plane.ts';
import { checkpointsFolder, nextGeneration } from './run-history.ts';
import { lockRun } from './run-lock.ts';
import { RunRecord } from './run-record.ts';
import { readRunSettings, type RunConfig } from './run-settings.ts';
import { serveRun } from './run-service.ts';
import { Run } from './run.ts';
import { checkpointStore, type CheckpointStore } from './saves.ts';
import { defaultTimings, type Timings } from './timings.ts';

export interface CoordinatorOptions {
  runFolder: string;
  /** The resolved configuration: written to config.json and given to every worker. */
  config: RunConfig;
  worldSize: number;
  /** What carries tensors between the workers; default 'auto'. */
  transport?: TransportChoice | undefined;
  /** 'unix' (default: a socket of our choice), `unix:/path` or `host:port`, which beyond loopback has TLS. */
  listen?: string | undefined;
  /** Go on from the newest sound checkpoint. */
  resume?: boolean | undefined;
  token?: string | undefined;
  timings?: Partial<Timings> | undefined;
  store?: CheckpointStore | undefined;
}

export interface Coordinator {
  address: string;
  run: RunRef;
  /** Resolves when everything is recorded, closed and unlocked. */
  done: Promise<RunOutcome>;
  stop(options: StopOptions): Promise<void>;
}

/** What was made so far, undone in reverse order at the end or when starting fails. */
type Undo = () => Promise<void>;

export async function startCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const undo: Undo[] = [];
  try {
    return await start(options, undo);
  } catch (error) {
    await undoAll(undo);
    throw error instanceof ControlError ? error : ControlError.from(error, 'run-folder');
  }
}

async function start(options: CoordinatorOptions, undo: Undo[]): Promise<Coordinator> {
  const { config, worldSize } = options;
  const runFolder = resolve(options.runFolder);
  const settings = readRunSettings(config);
  const token = options.token ?? makeToken();
  const later: [level: 'info' | 'warn', message: string][] = [];

  const lock = await openFolder(runFolder);
  undo.push(() => lock.release());
  if (lock.recoveredFromPid !== undefined) {
    later.push([
      'warn',
      `the coordinator of an earlier start (pid ${lock.recoveredFromPid}) was killed; its lock was taken over`,
    ]);
  }
  const history = await nextGeneration(runFolder, options.resume ?? false, (path, problem) =>
    later.push(['warn', `checkpoint ${path} passed over: ${problem}`]),
  );
  const root = checkpointsFolder(runFolder);
  for (const path of await removeStaging(root)) later.push(['info', `removed an unfinished save: ${path}`]);

  const place = await placeToListen(options.listen ?? 'unix', runFolder);
  undo.push(() => place.remove());
  const record: RunRecord = new RunRecord({
    runFolder,
    run: history.run,
    onTrouble: (message) => run.say('error', message),
  });
  undo.push(() => record.close());
  const timings = { ...defaultTimings, ...options.timings };
  const store = options.store ?? checkpointStore;
  const run = new Run({
    ...settings,
    ...history,
    config,
    runFolder,
    checkpointsFolder: root,
    worldSize,
    transport: options.transport ?? 'auto',
    timings,
    store,
    record,
  });
  const identities = needsTls(place.address) ? await makeRunIdentities() : undefined;
  const server: ControlServer = await serveControl({
    listen: place.address,
    token,
    tls: identities?.coordinator,
    service: serveRun(run),
    onRefused: (peer, path) =>
      run.say('warn', `refused a call without the run's token from ${peer} (${path})`),
  });
  undo.push(() => server.close());
  // Only now, with folder and address ours, is anything of an earlier run changed.
  const numTicksUndone = await record.open(config, history.resume?.step);
  await writeControlFile(runFolder, {
    ...history.run,
    address: server.address,
    token,
    pid: process.pid,
    tls: identities?.holder,
  });
  undo.push(() => removeControlFile(runFolder));
  run.open();

  for (const [level, message] of later) run.say(level, message);
  if (history.resume) {
    run.say(
      'info',
      `generation ${history.run.generation} goes on from step ${history.resume.step} (${numTicksUndone} later ticks undone)`,
    );
  }
  const done = run.done.then(async (outcome) => {
    await undoAll(undo);
    return outcome;
  });
  return { address: server.address, run: history.run, done, stop: async (stop) => run.stop(stop) };
}

async function openFolder(runFolder: string) {
  try {
    await mkdir(runFolder, { recursive: true });
    return await lockRun(runFolder);
  } catch (cause) {
    if (cause instanceof ControlError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new ControlError('run-folder', `"${runFolder}" cannot be written: ${text}; pass another --run`, {
      cause,
    });
  }
}

/** One that fails must not keep the others: a lock left behind costs more than a file. */
async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.splice(0).toReversed()) await step().catch(() => undefined);
}
