/** The messages between the coordinator and whoever watches or stops the run. */
import { kiln } from '../gen/control.js';
import { maxWorkers } from '../limits.ts';
import type {
  CheckpointStatus,
  Lateness,
  RunEvent,
  RunOutcome,
  RunStatus,
  WatchedEvent,
  WorkerStatus,
} from '../run-status.ts';
import { failureKinds, runStates, workerStates, type RunRef, type StopOptions } from '../types.ts';
import { codec } from './codec.ts';
import { enumNumber, type Fields } from './fields.ts';
import { readFailure, readLog, readProgress, readRun, readSaved, readTick } from './parts.ts';
import { writeFailure, writeLog, writeProgress, type Partly } from './parts.ts';

const wire = kiln.control.v1;

export const stopRequest = codec(
  'StopRequest',
  wire.StopRequest,
  (stop: StopOptions) => ({
    reason: stop.reason,
    now: stop.now ?? false,
    failure: stop.failure ? writeFailure(stop.failure) : null,
  }),
  (sent, fields): StopOptions => ({
    reason: fields.text(sent.reason, 'reason'),
    now: sent.now ?? false,
    failure: readFailure(sent.failure, fields),
  }),
);

export const saveRequest = codec(
  'SaveRequest',
  wire.SaveRequest,
  (save: { reason: string }) => save,
  (sent, fields) => ({ reason: fields.text(sent.reason, 'reason') }),
);

export const getStatusRequest = codec(
  'GetStatusRequest',
  wire.GetStatusRequest,
  (ask: Record<never, never>) => ask,
  () => ({}),
);

export const getStatusResponse = codec(
  'GetStatusResponse',
  wire.GetStatusResponse,
  (status: RunStatus) => ({ status: writeStatus(status) }),
  (sent, fields) => readStatus(sent.status, fields),
);

export const watchRequest = codec(
  'WatchRequest',
  wire.WatchRequest,
  (ask: { afterSequence: number }) => ask,
  (sent, fields) => ({ afterSequence: fields.count(sent.afterSequence, 'after_sequence') }),
);

export const watchResponse = codec(
  'WatchResponse',
  wire.WatchResponse,
  ({ run, sequence, ...event }: WatchedEvent): Partly<'WatchResponse'> => {
    switch (event.kind) {
      case 'tick':
        return { run, sequence, tick: event.tick };
      case 'status':
        return { run, sequence, status: writeStatus(event.status) };
      case 'log':
        return { run, sequence, log: writeLog(event.log) };
      case 'checkpoint':
        return { run, sequence, checkpoint: event.checkpoint };
      case 'outcome':
        return { run, sequence, outcome: writeOutcome(event.outcome) };
    }
  },
  (sent, fields): WatchedEvent => ({
    run: readRun(sent.run, fields),
    sequence: fields.count(sent.sequence, 'sequence'),
    ...readEvent(sent, fields),
  }),
);

function readEvent(sent: Partly<'WatchResponse'>, fields: Fields): RunEvent {
  if (sent.status) return { kind: 'status', status: readStatus(sent.status, fields) };
  if (sent.log) return { kind: 'log', log: readLog(sent.log, fields) };
  if (sent.checkpoint) return { kind: 'checkpoint', checkpoint: readSaved(sent.checkpoint, fields) };
  if (sent.outcome) return { kind: 'outcome', outcome: readOutcome(sent.outcome, fields) };
  return { kind: 'tick', tick: readTick(sent.tick, fields) };
}

function writeStatus({ runId, generation, checkpoints, ...rest }: RunStatus): Partly<'RunStatus'> {
  return {
    ...rest,
    run: { runId, generation },
    state: enumNumber(runStates, rest.state),
    checkpoints,
    outcome: rest.outcome ? writeOutcome(rest.outcome) : null,
    workers: rest.workers.map(writeWorker),
  };
}

function readStatus(sent: Partly<'RunStatus'> | null | undefined, fields: Fields): RunStatus {
  const status: Partly<'RunStatus'> = fields.required(sent, 'status', {});
  return {
    ...(readRun(status.run, fields) satisfies RunRef),
    state: fields.choice(status.state, runStates, 'status.state'),
    recipe: fields.name(status.recipe, 'status.recipe'),
    runFolder: fields.text(status.runFolder, 'status.run_folder'),
    worldSize: fields.count(status.worldSize, 'status.world_size', maxWorkers),
    step: fields.count(status.step, 'status.step'),
    images: fields.count(status.images, 'status.images'),
    kimg: fields.finite(status.kimg, 'status.kimg'),
    startedAtMs: fields.finite(status.startedAtMs, 'status.started_at_ms'),
    updatedAtMs: fields.finite(status.updatedAtMs, 'status.updated_at_ms'),
    coordinatorHost: fields.name(status.coordinatorHost, 'status.coordinator_host'),
    coordinatorPid: fields.count(status.coordinatorPid, 'status.coordinator_pid'),
    checkpoints: readCheckpoints(status.checkpoints ?? {}, fields),
    outcome: status.outcome ? readOutcome(status.outcome, fields) : null,
    workers: (status.workers ?? []).map((worker) => readWorker(worker, fields)),
  };
}

const readCheckpoints = (sent: Partly<'CheckpointStatus'>, fields: Fields): CheckpointStatus => ({
  committed: fields.count(sent.committed, 'checkpoints.committed'),
  failed: fields.count(sent.failed, 'checkpoints.failed'),
  lastStep: fields.optionalCount(sent.lastStep, 'checkpoints.last_step') ?? null,
  lastPath: fields.text(sent.lastPath, 'checkpoints.last_path'),
  lastError: fields.text(sent.lastError, 'checkpoints.last_error'),
});

function writeWorker({ phase, step, images, kimg, ...rest }: WorkerStatus): Partly<'WorkerStatus'> {
  return {
    ...rest,
    state: enumNumber(workerStates, rest.state),
    progress: writeProgress({ phase, step, images, kimg }),
  };
}

const readWorker = (sent: Partly<'WorkerStatus'>, fields: Fields): WorkerStatus => ({
  rank: fields.count(sent.rank, 'workers.rank', maxWorkers),
  host: fields.name(sent.host, 'workers.host'),
  pid: fields.count(sent.pid, 'workers.pid'),
  device: fields.name(sent.device, 'workers.device'),
  state: fields.choice(sent.state, workerStates, 'workers.state'),
  ...readProgress(sent.progress, fields),
  lastHeartbeatAgeMs: sent.lastHeartbeatAgeMs ?? null,
  lateness: readLateness(sent.lateness, fields),
  trainingLateness: readLateness(sent.trainingLateness, fields),
  trainingSendLateness: readLateness(sent.trainingSendLateness, fields),
});

const readLateness = (sent: Partly<'Lateness'> | null | undefined, fields: Fields): Lateness => ({
  beats: fields.count(sent?.beats, 'lateness.beats'),
  p50Ms: fields.finite(sent?.p50Ms, 'lateness.p50_ms'),
  p99Ms: fields.finite(sent?.p99Ms, 'lateness.p99_ms'),
  maxMs: fields.finite(sent?.maxMs, 'lateness.max_ms'),
});

const writeOutcome = ({ rootCause, ...rest }: RunOutcome): Partly<'Outcome'> => ({
  ...rest,
  state: enumNumber(runStates, rest.state),
  rootCause: rootCause && { ...rootCause, kind: enumNumber(failureKinds, rootCause.kind) },
});

const readOutcome = (sent: Partly<'Outcome'>, fields: Fields): RunOutcome => ({
  state: fields.choice(sent.state, runStates, 'outcome.state'),
  exitCode: fields.count(sent.exitCode, 'outcome.exit_code', 255),
  message: fields.text(sent.message, 'outcome.message'),
  rootCause: sent.rootCause
    ? {
        kind: fields.choice(sent.rootCause.kind, failureKinds, 'root_cause.kind'),
        message: fields.text(sent.rootCause.message, 'root_cause.message'),
        rank: fields.optionalCount(sent.rootCause.rank, 'root_cause.rank', maxWorkers) ?? null,
        host: fields.name(sent.rootCause.host, 'root_cause.host'),
        pid: fields.count(sent.rootCause.pid, 'root_cause.pid'),
      }
    : null,
});
