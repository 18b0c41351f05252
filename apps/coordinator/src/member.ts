/** One worker as the coordinator knows it. */
import type {
  Beat,
  BeatStream,
  JoinRequest,
  LeaveReason,
  Progress,
  WorkerState,
  WorkerStatus,
} from '@kiln/control';
import { LatenessMeter } from './lateness.ts';

export class Member {
  readonly rank: number;
  readonly request: JoinRequest;
  state: WorkerState = 'joined';
  stream: BeatStream | undefined;
  leftWith: LeaveReason | undefined;
  progress: Progress = { phase: 'starting', step: 0, images: 0, kimg: 0 };
  /** Monotonic; what silence is counted from. */
  heardAtMs: number;
  private beatAtMs: number | undefined;
  private readonly all: LatenessMeter;
  private readonly training: LatenessMeter;
  private readonly trainingSend: LatenessMeter;

  constructor(rank: number, request: JoinRequest, intervalMs: number, nowMs: number) {
    this.rank = rank;
    this.request = request;
    this.heardAtMs = nowMs;
    this.all = new LatenessMeter(intervalMs);
    this.training = new LatenessMeter(intervalMs);
    this.trainingSend = new LatenessMeter(intervalMs);
  }

  /** `rank 1 (host alpha, pid 4242)`: how every message names a worker. */
  get title(): string {
    return `rank ${this.rank} (host ${this.request.host}, pid ${this.request.pid})`;
  }

  /** Takes part in the generation: neither left nor lost. */
  get present(): boolean {
    return this.state === 'joined' || this.state === 'live';
  }

  /** Its event loop may be held by loading or tracing, which says nothing about its health. */
  get slowToStart(): boolean {
    return (
      this.state === 'joined' || this.progress.phase === 'starting' || this.progress.phase === 'compiling'
    );
  }

  beat(beat: Beat, nowMs: number): void {
    this.state = 'live';
    this.heardAtMs = nowMs;
    this.beatAtMs = nowMs;
    this.all.beat(nowMs);
    if (beat.progress.phase === 'training') {
      this.training.beat(nowMs);
      this.trainingSend.beat(beat.sentAtMs);
    } else {
      this.training.pause();
      this.trainingSend.pause();
    }
    this.progress = beat.progress;
  }

  status(nowMs: number): WorkerStatus {
    const { host, pid, device } = this.request;
    return {
      rank: this.rank,
      host,
      pid,
      device,
      state: this.state,
      ...this.progress,
      lastHeartbeatAgeMs: this.beatAtMs === undefined ? null : Math.max(0, Math.round(nowMs - this.beatAtMs)),
      lateness: this.all.summary(),
      trainingLateness: this.training.summary(),
      trainingSendLateness: this.trainingSend.summary(),
    };
  }
}
