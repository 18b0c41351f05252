/** What a coordinator implements; server.ts puts it on the wire. */
import type { RunStatus, WatchedEvent } from './run-status.ts';
import type { Assignment, Beat, CheckpointOpening, Command, Failure, JoinRequest } from './types.ts';
import type {
  LeaveReason,
  LogEntry,
  Progress,
  RunRef,
  SaveResult,
  Seat,
  ShardReport,
  StopOptions,
  Tick,
} from './types.ts';

/** The coordinator's end of one worker's heartbeat stream. */
export interface BeatStream {
  send(run: RunRef, command: Command): void;
  /** Ends the stream, with an error for the worker if given. */
  end(error?: Error): void;
}

export interface BeatListener {
  onBeat(beat: Beat): void;
  /** Once: the stream is over, whoever ended it. */
  onEnd(): void;
}

export interface WatchSink {
  /** False when the reader is too slow to be kept. */
  send(event: WatchedEvent): boolean;
  end(): void;
}

/** A method throws a ControlError to refuse. */
export interface ControlService {
  run(): RunRef;
  join(request: JoinRequest, gone: AbortSignal): Promise<Assignment>;
  heartbeat(stream: BeatStream): BeatListener;
  agreeStep(request: { seat: Seat; commandId: number; started: number }): Promise<number>;
  reportTick(request: { seat: Seat; tick: Tick }): Promise<void>;
  reportLog(request: { seat: Seat; entry: LogEntry }): Promise<void>;
  beginCheckpoint(request: { seat: Seat; step: number; permanent: boolean }): Promise<CheckpointOpening>;
  reportShard(request: ShardReport & { seat: Seat }): Promise<SaveResult>;
  leave(request: LeaveMessage): Promise<void>;
  getStatus(): Promise<RunStatus>;
  /** Returns what to do when the watcher goes away. */
  watch(afterSequence: number, sink: WatchSink): () => void;
  save(reason: string): Promise<void>;
  stop(options: StopOptions): Promise<void>;
}

export interface LeaveMessage {
  seat: Seat;
  reason: LeaveReason;
  failure: Failure | undefined;
  progress: Progress;
}
