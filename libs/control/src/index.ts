/** The gRPC contract between coordinator and workers: client, server and generated messages. */
export { ControlClient, type JoinOptions, type SaveOptions } from './client.ts';
export { controlFilePath, readControlFile, type ControlFile } from './control-file.ts';
export { ControlError, type ControlErrorCode } from './errors.ts';
export { exitCodeOfError, exitCodeOfFailure, exitCodes, type ExitCode, type ExitName } from './exit-codes.ts';
export type { HeartbeatHandlers } from './heartbeat.ts';
export { RunObserver } from './observer.ts';
export type { LeaveOptions } from './parting.ts';
export type { CheckpointStatus, Lateness, RootCause, RunEvent, RunOutcome, RunStatus } from './run-status.ts';
export type { WatchedEvent, WorkerStatus } from './run-status.ts';
export { readRunStatus, statusFilePath, type SeenState, type SeenStatus } from './status-file.ts';
export type {
  Assignment,
  CheckpointOpening,
  CheckpointSaved,
  Command,
  CommandKind,
  DataAddress,
  Failure,
} from './types.ts';
export type {
  FailureKind,
  LeaveReason,
  LogEntry,
  LogLevel,
  Peer,
  Phase,
  Progress,
  RunRef,
  RunState,
} from './types.ts';
export type {
  SaveResult,
  Seat,
  ShardRecord,
  ShardReport,
  StopOptions,
  TensorRecord,
  Tick,
  Transport,
  WorkerState,
} from './types.ts';

// For the coordinator only.
export { formatAddress, needsTls, parseAddress, type Address } from './address.ts';
export { removeControlFile, writeControlFile } from './control-file.ts';
export * as limits from './limits.ts';
export { placeToListen, type ListenPlace } from './listen.ts';
export { serveControl, type ControlServer, type ServeOptions } from './server.ts';
export type { BeatListener, BeatStream, ControlService, LeaveMessage, WatchSink } from './service.ts';
export { makeRunIdentities } from './run-identities.ts';
export { makeToken } from './token.ts';
export type { Beat, JoinRequest } from './types.ts';
