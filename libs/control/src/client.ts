/** A worker's side of the control plane: one seat in one generation. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { ControlError } from './errors.ts';
import { openHeartbeat, type Heartbeat, type HeartbeatHandlers } from './heartbeat.ts';
import {
  callDeadlineMs,
  joinDeadlineSlackMs,
  joinTimeoutMs,
  protocolVersion,
  saveDeadlineMs,
} from './limits.ts';
import { methods } from './methods.ts';
import { RpcClient, type ConnectOptions } from './rpc-client.ts';
import { leaveThrough, logThrough, type LeaveOptions } from './parting.ts';
import type { Assignment, CheckpointOpening, DataAddress, LogLevel, Progress, RunRef } from './types.ts';
import type { SaveResult, Seat, ShardRecord, ShardReport, Tick } from './types.ts';

export interface JoinOptions {
  host?: string | undefined;
  pid?: number | undefined;
  device: string;
  /** Asks for this rank; without it ranks are given out in order of arrival. */
  rank?: number | undefined;
  /** Refuse any run but this. */
  runId?: string | undefined;
  /** How other workers reach this one with tensors; by default through shared memory only. */
  data?: DataAddress | undefined;
  timeoutMs?: number | undefined;
}

export interface SaveOptions {
  step: number;
  permanent?: boolean | undefined;
  /** Writes this rank's shard into `staging`. `metaJson` and `expected` (all tensors' names) count from rank 0. */
  write(staging: string): Promise<{ shard: ShardRecord; metaJson: string; expected: readonly string[] }>;
}

export class ControlClient {
  private readonly rpc: RpcClient;
  private readonly incarnation = randomUUID();
  private taken: Seat | undefined;
  private heart: Heartbeat | undefined;
  private progress: () => Progress = () => ({ phase: 'starting', step: 0, images: 0, kimg: 0 });

  private constructor(rpc: RpcClient) {
    this.rpc = rpc;
  }

  /** `address`: `unix:/path` or `host:port`. Waits for a coordinator that is still starting. */
  static async connect(address: string, token: string, options: ConnectOptions = {}): Promise<ControlClient> {
    return new ControlClient(await RpcClient.connect(address, token, options));
  }

  /** Resolves when all workers of the run have joined. From then on this worker beats, as 'starting'. */
  async join(options: JoinOptions): Promise<Assignment> {
    const assignment = await this.rpc.unary(
      methods.join,
      {
        protocol: protocolVersion,
        incarnation: this.incarnation,
        host: options.host ?? hostname(),
        pid: options.pid ?? process.pid,
        device: options.device,
        rank: options.rank,
        runId: options.runId ?? '',
        ...(options.data ?? { hostId: '', endpoint: '', publicKey: '' }),
      },
      (options.timeoutMs ?? joinTimeoutMs) + joinDeadlineSlackMs,
    );
    const { runId, generation, rank } = assignment;
    this.taken = { runId, generation, rank };
    this.heart = openHeartbeat(this.rpc, this.taken, assignment.heartbeatIntervalMs);
    return assignment;
  }

  /** Reports progress with every beat until `leave` or `close`. `progress` must not block. */
  startHeartbeat(progress: () => Progress, handlers: HeartbeatHandlers): void {
    if (!this.heart) throw new ControlError('invalid', 'join() comes before startHeartbeat()');
    this.progress = progress;
    this.heart.attach(progress, handlers);
  }

  /** Sends a beat out of turn. */
  beat(): void {
    this.heart?.beat();
  }

  /**
   * On a 'stop' or 'checkpoint' command: the step that every rank can reach, to be completed before acting.
   * Answer at once, from the command's handler, with the steps started so far (the one in flight included),
   * and start no further step until this resolves: a rank that waits for its step to end first would wait for ever.
   */
  async agreeStep(commandId: number, started: number): Promise<number> {
    const answer = await this.rpc.unary(
      methods.agreeStep,
      { seat: this.seat, commandId, started },
      callDeadlineMs,
    );
    this.check(answer.run);
    return answer.step;
  }

  async reportTick(tick: Tick): Promise<void> {
    this.check((await this.rpc.unary(methods.reportTick, { seat: this.seat, tick }, callDeadlineMs)).run);
  }

  /** A line in log.jsonl. */
  async log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): Promise<void> {
    this.check(await logThrough(this.rpc, this.seat, level, message, fields));
  }

  /** Begins, writes and reports a checkpoint. A failure to save is an answer, not an exception: training goes on. */
  async saveCheckpoint(options: SaveOptions): Promise<SaveResult> {
    const { step } = options;
    const { staging, nonce, error, committedPath } = await this.beginCheckpoint({
      step,
      permanent: options.permanent,
    });
    if (committedPath) return { committed: true, path: committedPath, error: '' };
    if (error) return { committed: false, path: '', error };
    let written: Awaited<ReturnType<SaveOptions['write']>>;
    try {
      written = await options.write(staging);
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause);
      return this.reportShard({ step, nonce, error: text || 'the shard could not be written' });
    }
    const { shard, metaJson, expected } = written;
    return this.reportShard({ step, nonce, shard, metaJson, expected: [...expected] });
  }

  /** All ranks that ask for one step get one staging folder. */
  async beginCheckpoint(ask: { step: number; permanent?: boolean | undefined }): Promise<CheckpointOpening> {
    const request = { seat: this.seat, step: ask.step, permanent: ask.permanent ?? false };
    const { run, ...opening } = await this.rpc.unary(methods.beginCheckpoint, request, saveDeadlineMs);
    this.check(run);
    return opening;
  }

  /** Resolves when all ranks' shards are in and the checkpoint is durable or given up. With `error`, gives it up. */
  async reportShard(report: Partial<ShardReport> & Pick<ShardReport, 'step' | 'nonce'>): Promise<SaveResult> {
    const none = { shard: null, metaJson: '', expected: [], error: '' };
    const request = { ...none, ...report, seat: this.seat };
    const { run, ...result } = await this.rpc.unary(methods.reportShard, request, saveDeadlineMs);
    this.check(run);
    return result;
  }

  /** For a worker that was told to end (SIGTERM): the coordinator makes all workers stop at one step. */
  async requestStop(reason: string): Promise<void> {
    this.check((await this.rpc.unary(methods.stop, { reason }, callDeadlineMs)).run);
  }

  /** The orderly end. Without it the end of the process counts as the loss of this worker. */
  async leave(options: LeaveOptions): Promise<void> {
    this.heart?.rest();
    await leaveThrough(this.rpc, this.seat, this.progress(), options);
    this.heart?.stop();
  }

  close(): void {
    this.heart?.stop();
    this.rpc.close();
  }

  private get seat(): Seat {
    if (!this.taken) throw new ControlError('invalid', 'join() comes before any other call');
    return this.taken;
  }

  private check(run: RunRef): void {
    const { runId, generation } = this.seat;
    if (run.runId === runId && run.generation === generation) return;
    throw new ControlError(
      'stale-generation',
      `this worker belongs to run ${runId} generation ${generation}, the answer to ${run.runId} generation ${run.generation}`,
    );
  }
}
