/** Parts that several messages share. */
import type { kiln } from '../gen/control.js';
import { maxWorkers } from '../limits.ts';
import {
  failureKinds,
  logLevels,
  phases,
  type CheckpointSaved,
  type Failure,
  type LogEntry,
  type Progress,
  type RunRef,
  type Seat,
  type Tick,
} from '../types.ts';
import { enumNumber, type Fields } from './fields.ts';

type Wire = typeof kiln.control.v1;
type Sent<K extends keyof Wire> = Wire[K] extends { decode(bytes: Uint8Array): infer M } ? M : never;
/** A message as protobufjs takes it: every field may be absent. */
export type Partly<K extends keyof Wire> = Wire[K] extends {
  encode(message: infer M, ...rest: never[]): unknown;
}
  ? M
  : Sent<K>;

export const readRun = (sent: Partly<'RunRef'> | null | undefined, fields: Fields): RunRef => ({
  runId: fields.name(fields.required(sent, 'run', {}).runId, 'run.run_id'),
  generation: fields.count(sent?.generation, 'run.generation'),
});

export function readSeat(sent: Partly<'Seat'> | null | undefined, fields: Fields): Seat {
  const seat = fields.required(sent, 'seat', {});
  return {
    runId: fields.name(seat.runId, 'seat.run_id'),
    generation: fields.count(seat.generation, 'seat.generation'),
    rank: fields.count(seat.rank, 'seat.rank', maxWorkers),
  };
}

export const writeProgress = (progress: Progress): Partly<'Progress'> => ({
  ...progress,
  phase: enumNumber(phases, progress.phase),
});

export const readProgress = (sent: Partly<'Progress'> | null | undefined, fields: Fields): Progress => ({
  phase: fields.choice(fields.required(sent, 'progress', {}).phase, phases, 'progress.phase'),
  step: fields.count(sent?.step, 'progress.step'),
  images: fields.count(sent?.images, 'progress.images'),
  kimg: fields.finite(sent?.kimg, 'progress.kimg'),
});

/** Losses may be NaN or infinite: that is news, not a malformed message. */
export function readTick(sent: Partly<'Tick'> | null | undefined, fields: Fields): Tick {
  const tick = fields.required(sent, 'tick', {});
  const values = Object.entries(tick.values ?? {});
  for (const [name] of values) fields.name(name, 'tick.values');
  return {
    tick: fields.count(tick.tick, 'tick.tick'),
    step: fields.count(tick.step, 'tick.step'),
    kimg: fields.finite(tick.kimg, 'tick.kimg'),
    values: Object.fromEntries(values),
  };
}

export const writeLog = (entry: LogEntry): Partly<'LogEntry'> => ({
  ...entry,
  level: enumNumber(logLevels, entry.level),
});

export const readLog = (sent: Partly<'LogEntry'> | null | undefined, fields: Fields): LogEntry => ({
  level: fields.choice(fields.required(sent, 'entry', {}).level, logLevels, 'entry.level'),
  source: fields.name(sent?.source, 'entry.source'),
  message: fields.text(sent?.message, 'entry.message'),
  fieldsJson: fields.text(sent?.fieldsJson, 'entry.fields_json'),
});

export const writeFailure = (failure: Failure): Partly<'Failure'> => ({
  kind: enumNumber(failureKinds, failure.kind),
  message: failure.message,
  stack: failure.stack ?? '',
  suspect: failure.suspect ?? null,
});

export function readFailure(sent: Partly<'Failure'> | null | undefined, fields: Fields): Failure | undefined {
  if (!sent) return undefined;
  return {
    kind: fields.choice(sent.kind, failureKinds, 'failure.kind'),
    message: fields.text(sent.message, 'failure.message'),
    stack: fields.text(sent.stack, 'failure.stack') || undefined,
    suspect: fields.optionalCount(sent.suspect, 'failure.suspect', maxWorkers),
  };
}

export const readSaved = (sent: Partly<'CheckpointSaved'>, fields: Fields): CheckpointSaved => ({
  step: fields.count(sent.step, 'checkpoint.step'),
  committed: sent.committed ?? false,
  path: fields.text(sent.path, 'checkpoint.path'),
  error: fields.text(sent.error, 'checkpoint.error'),
  seconds: fields.finite(sent.seconds, 'checkpoint.seconds'),
});
