/** What `GetStatus` answers and status.json holds. */
import type { FailureKind, Progress, RunRef, RunState, WorkerState } from './types.ts';
import type { CheckpointSaved, LogEntry, Tick } from './types.ts';

/** How much later than the nominal interval beats came, in milliseconds. */
export interface Lateness {
  beats: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export interface WorkerStatus extends Progress {
  rank: number;
  host: string;
  pid: number;
  device: string;
  state: WorkerState;
  lastHeartbeatAgeMs: number | null;
  /** Over all beats. */
  lateness: Lateness;
  /** Over the beats within the training phase. */
  trainingLateness: Lateness;
  /** The same by the worker's own clock: without the coordinator's delays. */
  trainingSendLateness: Lateness;
}

export interface CheckpointStatus {
  committed: number;
  failed: number;
  lastStep: number | null;
  lastPath: string;
  lastError: string;
}

/** `rank` is null when no worker is to blame. */
export interface RootCause {
  kind: FailureKind;
  message: string;
  rank: number | null;
  host: string;
  pid: number;
}

export interface RunOutcome {
  state: RunState;
  exitCode: number;
  message: string;
  rootCause: RootCause | null;
}

/** Wall-clock times are for display only. */
export interface RunStatus extends RunRef {
  state: RunState;
  recipe: string;
  runFolder: string;
  worldSize: number;
  step: number;
  images: number;
  kimg: number;
  startedAtMs: number;
  updatedAtMs: number;
  coordinatorHost: string;
  coordinatorPid: number;
  checkpoints: CheckpointStatus;
  outcome: RunOutcome | null;
  workers: WorkerStatus[];
}

export type RunEvent =
  | { kind: 'tick'; tick: Tick }
  | { kind: 'status'; status: RunStatus }
  | { kind: 'log'; log: LogEntry }
  | { kind: 'checkpoint'; checkpoint: CheckpointSaved }
  | { kind: 'outcome'; outcome: RunOutcome };

export type WatchedEvent = RunEvent & { run: RunRef; sequence: number };
