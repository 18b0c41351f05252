/** One generation of a run, from the first Join to the outcome: the service that workers, launcher and onlookers call. */
import { hostname } from 'node:os';
import { ControlError } from '@kiln/control';
import type {
  Assignment,
  Beat,
  BeatListener,
  BeatStream,
  CheckpointOpening,
  CheckpointStatus,
} from '@kiln/control';
import type {
  Command,
  CommandKind,
  ControlService,
  JoinRequest,
  LeaveMessage,
  LogEntry,
  LogLevel,
} from '@kiln/control';
import type { RootCause, RunOutcome, RunRef, RunState, RunStatus, SaveResult, Seat } from '@kiln/control';
import type { ShardReport, StopOptions, Tick, WatchSink } from '@kiln/control';
import { Blame } from './blame.ts';
import { EventLog } from './event-log.ts';
import { Liveness } from './liveness.ts';
import type { Member } from './member.ts';
import type { ResumePoint } from './run-history.ts';
import { describeOutcome } from './run-outcome.ts';
import type { RunRecord } from './run-record.ts';
import type { RunConfig } from './run-settings.ts';
import { Saves, type CheckpointStore } from './saves.ts';
import { Seats } from './seats.ts';
import { StepAgreement } from './step-agreement.ts';
import type { Timings } from './timings.ts';

export interface RunOptions {
  run: RunRef;
  runFolder: string;
  checkpointsFolder: string;
  config: RunConfig;
  recipe: string;
  keepLast: number;
  permanentSteps: number;
  worldSize: number;
  resume: ResumePoint | undefined;
  timings: Timings;
  store: CheckpointStore;
  record: RunRecord;
}

export class Run implements ControlService {
  /** Resolves when the outcome is known and recorded. */
  readonly done: Promise<RunOutcome>;
  private readonly options: RunOptions;
  private readonly seats: Seats;
  private readonly events: EventLog;
  private readonly agreement: StepAgreement;
  private readonly blame: Blame;
  private readonly liveness: Liveness;
  private readonly saves: Saves;
  private readonly formed = Promise.withResolvers<void>();
  private readonly ended = Promise.withResolvers<RunOutcome>();
  private readonly startedAtMs = Date.now();
  private readonly commands: Command[] = [];
  private readonly checkpoints: CheckpointStatus;
  private state: RunState = 'joining';
  private outcome: RunOutcome | undefined;
  private concluding = false;
  private stopReason: string | undefined;
  private cutShort: string | undefined;
  private readonly opened = Promise.withResolvers<void>();
  private joinTimer: NodeJS.Timeout | undefined;
  private statusTimer: NodeJS.Timeout | undefined;
  private endTimer: NodeJS.Timeout | undefined;

  constructor(options: RunOptions) {
    const { run, worldSize, timings, resume } = options;
    this.options = options;
    this.done = this.ended.promise;
    this.formed.promise.catch(() => undefined);
    this.seats = new Seats(run, worldSize, timings.heartbeatIntervalMs);
    this.events = new EventLog(run);
    this.agreement = new StepAgreement(worldSize);
    this.checkpoints = {
      committed: 0,
      failed: 0,
      lastStep: resume?.step ?? null,
      lastPath: resume?.path ?? '',
      lastError: '',
    };
    this.blame = new Blame({
      windowMs: timings.blameWindowMs,
      at: (rank) => this.seats.at(rank),
      onCause: (cause) => this.fail(cause),
    });
    this.liveness = new Liveness({
      timeoutMs: timings.heartbeatTimeoutMs,
      startupTimeoutMs: timings.startupTimeoutMs,
      present: () => (this.state === 'joining' ? [] : this.seats.present),
      onSilent: (member, silentMs) => this.lose(member, `fell silent ${(silentMs / 1000).toFixed(1)} s ago`),
    });
    this.saves = this.makeSaves();
  }

  /** Lets workers in. Until then nothing is timed and nothing written: starting may still fail. */
  open(): void {
    const { joinTimeoutMs, statusEveryMs } = this.options.timings;
    this.liveness.start();
    this.joinTimer = setTimeout(() => this.joinOverdue(), joinTimeoutMs);
    this.statusTimer = setInterval(() => void this.writeStatus(false), statusEveryMs);
    this.enter('joining');
    this.opened.resolve();
  }

  run(): RunRef {
    return this.options.run;
  }

  async join(request: JoinRequest, gone: AbortSignal): Promise<Assignment> {
    await this.opened.promise;
    this.refuseWhenOver();
    const member = this.seats.take(request, performance.now());
    this.say('info', `${member.title} joined (${this.seats.members.length} of ${this.seats.worldSize})`);
    const hungUp = (): void => this.joinCancelled(member);
    gone.addEventListener('abort', hungUp);
    if (this.seats.full && this.state === 'joining') this.form();
    await this.formed.promise;
    gone.removeEventListener('abort', hungUp);
    const { run, runFolder, worldSize, timings, config, resume } = this.options;
    return {
      ...run,
      rank: member.rank,
      worldSize,
      configJson: JSON.stringify(config),
      groupName: `kiln-${run.runId}-${run.generation}`,
      resumeFrom: resume?.path ?? '',
      runFolder,
      heartbeatIntervalMs: timings.heartbeatIntervalMs,
      heartbeatTimeoutMs: timings.heartbeatTimeoutMs,
      peers: this.seats.members.map(({ rank, request: { host, pid, device } }) => ({
        rank,
        host,
        pid,
        device,
      })),
    };
  }

  heartbeat(stream: BeatStream): BeatListener {
    let member: Member | undefined;
    return {
      onBeat: (beat: Beat) => {
        const holder = this.seats.authorize(beat.seat);
        if (!member) {
          if (holder.stream)
            throw new ControlError('seat-taken', `${holder.title} has a heartbeat stream already`);
          member = holder;
          member.stream = stream;
          for (const command of this.commands) stream.send(this.options.run, command);
        }
        if (holder !== member)
          throw new ControlError('invalid', 'a heartbeat stream speaks for one seat only');
        member.beat(beat, performance.now());
      },
      onEnd: () => {
        if (member?.present) this.lose(member, 'was killed or crashed: its connection broke');
      },
    };
  }

  agreeStep({
    seat,
    commandId,
    started,
  }: {
    seat: Seat;
    commandId: number;
    started: number;
  }): Promise<number> {
    const { rank } = this.seats.authorize(seat);
    if (commandId < 1 || commandId > this.commands.length) {
      throw new ControlError(
        'invalid',
        `command_id: expected 1 to ${this.commands.length}, got ${commandId}`,
      );
    }
    return this.agreement.agree(commandId, rank, started);
  }

  async reportTick({ seat, tick }: { seat: Seat; tick: Tick }): Promise<void> {
    const { rank, title } = this.seats.authorize(seat);
    if (rank !== 0) throw new ControlError('invalid', `ticks are reported by rank 0, got one from ${title}`);
    await this.options.record.tick(tick);
    this.events.add({ kind: 'tick', tick });
  }

  async reportLog({ seat, entry }: { seat: Seat; entry: LogEntry }): Promise<void> {
    const { rank } = this.seats.authorize(seat);
    await this.write({ ...entry, source: `rank ${rank}` });
  }

  async beginCheckpoint({
    seat,
    step,
    permanent,
  }: {
    seat: Seat;
    step: number;
    permanent: boolean;
  }): Promise<CheckpointOpening> {
    return this.saves.begin(this.seats.authorize(seat).rank, step, permanent);
  }

  async reportShard({ seat, ...report }: ShardReport & { seat: Seat }): Promise<SaveResult> {
    return this.saves.report(this.seats.authorize(seat).rank, report);
  }

  async leave({ seat, reason, failure, progress }: LeaveMessage): Promise<void> {
    const member = this.seats.authorize(seat);
    member.progress = progress;
    member.state = 'left';
    member.leftWith = reason;
    this.say(reason === 'failed' ? 'error' : 'info', `${member.title} left: ${failure?.message ?? reason}`, {
      stack: failure?.stack,
    });
    // After an abort every reason is a consequence of it.
    if (reason === 'failed' && !this.aborted) {
      this.blame.report(member, failure ?? { kind: 'internal', message: 'it gave no reason' });
    }
    if (reason === 'stopped') this.stopReason ??= `${member.title} stopped`;
    this.concludeWhenEmpty();
  }

  async getStatus(): Promise<RunStatus> {
    return this.status();
  }

  watch(afterSequence: number, sink: WatchSink): () => void {
    return this.events.watch(afterSequence, sink);
  }

  async save(reason: string): Promise<void> {
    if (this.state !== 'running')
      throw new ControlError('invalid', `a run that is ${this.state} cannot save`);
    this.command('checkpoint', reason);
  }

  async stop({ reason, now, failure }: StopOptions): Promise<void> {
    if (this.concluding || this.blame.cause) return;
    if (failure) {
      this.blame.other(failure);
    } else if (now) {
      this.stopReason ??= reason;
      this.cutShort = 'it was told not to wait';
      this.abort(reason);
    } else if (this.state === 'joining') {
      this.stopReason = reason;
      this.abort(reason);
    } else if (this.state === 'running') {
      this.stopReason = reason;
      this.command('stop', reason);
      this.enter('stopping');
      const { stopTimeoutMs } = this.options.timings;
      this.endTimer = setTimeout(() => {
        this.cutShort = `not all workers had stopped after ${stopTimeoutMs / 1000} s`;
        this.abort(this.cutShort);
      }, stopTimeoutMs);
    }
  }

  /** A line in log.jsonl and for watchers. */
  say(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    const fieldsJson = known.length > 0 ? JSON.stringify(Object.fromEntries(known)) : '';
    void this.write({ level, source: 'coordinator', message, fieldsJson });
  }

  status(): RunStatus {
    const { run, recipe, runFolder, worldSize, resume } = this.options;
    const members = this.seats.members;
    const furthest = members.map(({ progress }) => progress).toSorted((a, b) => b.step - a.step)[0];
    const nowMs = performance.now();
    return {
      ...run,
      state: this.outcome?.state ?? this.state,
      recipe,
      runFolder,
      worldSize,
      step: Math.max(furthest?.step ?? 0, resume?.step ?? 0),
      images: Math.max(furthest?.images ?? 0, resume?.images ?? 0),
      kimg: Math.max(furthest?.kimg ?? 0, resume?.kimg ?? 0),
      startedAtMs: this.startedAtMs,
      updatedAtMs: Date.now(),
      coordinatorHost: hostname(),
      coordinatorPid: process.pid,
      checkpoints: { ...this.checkpoints },
      outcome: this.outcome ?? null,
      workers: members.map((member) => member.status(nowMs)),
    };
  }

  private form(): void {
    clearTimeout(this.joinTimer);
    const nowMs = performance.now();
    for (const member of this.seats.members) member.heardAtMs = nowMs;
    this.enter('running');
    this.formed.resolve();
  }

  private joinOverdue(): void {
    const { timings, worldSize } = this.options;
    const { missing, members } = this.seats;
    const here = members.length > 0 ? members.map(({ title }) => title).join(', ') : 'none';
    const message = `rank ${missing.join(', ')} of ${worldSize} did not join within ${timings.joinTimeoutMs / 1000} s; joined: ${here}; see the output of the missing workers`;
    this.blame.other({ kind: 'worker-lost', message });
  }

  /** A worker that hangs up before its heartbeat stream is open is lost too. */
  private joinCancelled(member: Member): void {
    if (member.state === 'joined' && !member.stream)
      this.lose(member, 'was killed or crashed while joining: its connection broke');
  }

  private lose(member: Member, how: string): void {
    // After an abort a broken connection is what was asked for.
    member.state = this.aborted ? 'left' : 'lost';
    member.stream?.end(
      new ControlError('stale-generation', `${member.title} was declared lost and must end`),
    );
    if (!this.aborted) this.blame.lost(member, how);
    this.concludeWhenEmpty();
  }

  private fail(cause: RootCause): void {
    this.say('error', cause.message, { kind: cause.kind });
    if (!this.concluding) this.abort(cause.message);
  }

  /** The generation is over: nobody waits for anybody any more. */
  private abort(reason: string): void {
    const error = new ControlError('aborted', reason);
    this.formed.reject(error);
    this.agreement.abort(error);
    void this.saves.close(error);
    this.command('abort', reason);
    this.enter('stopping');
    clearTimeout(this.joinTimer);
    clearTimeout(this.endTimer);
    this.endTimer = setTimeout(() => this.conclude(), this.options.timings.abortGraceMs);
    this.concludeWhenEmpty();
  }

  private concludeWhenEmpty(): void {
    const { members, present, full } = this.seats;
    if (this.aborted) {
      if (present.every(({ stream }) => stream === undefined)) this.conclude();
      return;
    }
    // With only second-hand reports so far, the root cause is still to be found.
    const unexplained = members.some(({ leftWith }) => leftWith === 'failed');
    if (full && present.length === 0 && !unexplained) this.conclude();
  }

  private get aborted(): boolean {
    return this.commands.at(-1)?.kind === 'abort';
  }

  private conclude(): void {
    if (this.concluding) return;
    this.concluding = true;
    this.liveness.stop();
    this.blame.stop();
    for (const timer of [this.joinTimer, this.statusTimer, this.endTimer]) clearTimeout(timer);
    void this.finish();
  }

  private async finish(): Promise<void> {
    await this.saves.close(new ControlError('aborted', 'the run is over'));
    const { step, kimg } = this.status();
    const { cause } = this.blame;
    this.outcome = describeOutcome({
      cause,
      stopReason: this.stopReason,
      cutShort: this.cutShort,
      step,
      kimg,
      checkpoints: this.checkpoints,
    });
    for (const { stream, present } of this.seats.members)
      if (present) stream?.end(new ControlError('aborted', this.outcome.message));
    if (this.outcome.state !== 'failed') this.say('info', this.outcome.message);
    await this.writeStatus(true);
    this.events.add({ kind: 'status', status: this.status() });
    this.events.add({ kind: 'outcome', outcome: this.outcome });
    this.events.close();
    this.ended.resolve(this.outcome);
  }

  private command(kind: CommandKind, reason: string): void {
    const command = { id: this.commands.length + 1, kind, reason };
    this.commands.push(command);
    for (const { stream } of this.seats.present) stream?.send(this.options.run, command);
    this.say('info', `command to all workers: ${kind} (${reason})`);
  }

  private enter(state: RunState): void {
    this.state = state;
    this.events.add({ kind: 'status', status: this.status() });
    void this.writeStatus(false);
  }

  private refuseWhenOver(): void {
    if (this.concluding || this.aborted)
      throw new ControlError(
        'aborted',
        `the run is over: ${this.stopReason ?? this.blame.cause?.message ?? ''}`,
      );
  }

  private async write(entry: LogEntry): Promise<void> {
    this.events.add({ kind: 'log', log: entry });
    await this.options.record.entry(entry);
  }

  private async writeStatus(durable: boolean): Promise<void> {
    await this.options.record.status(this.status(), { durable });
  }

  private makeSaves(): Saves {
    const { run, worldSize, checkpointsFolder, keepLast, permanentSteps, timings, store } = this.options;
    return new Saves({
      root: checkpointsFolder,
      worldSize,
      keepLast,
      permanentSteps,
      timeoutMs: timings.saveTimeoutMs,
      meta: { runId: run.runId, generation: run.generation },
      store,
      onWarning: (message) => this.say('warn', message),
      onSaved: (saved) => {
        const { step, committed, path, error } = saved;
        if (committed) {
          Object.assign(this.checkpoints, {
            committed: this.checkpoints.committed + 1,
            lastStep: step,
            lastPath: path,
          });
          this.say('info', `checkpoint of step ${step} committed`, { path, seconds: saved.seconds });
        } else {
          Object.assign(this.checkpoints, { failed: this.checkpoints.failed + 1, lastError: error });
          this.say('error', `checkpoint of step ${step} not saved, earlier ones are intact: ${error}`);
        }
        this.events.add({ kind: 'checkpoint', checkpoint: saved });
      },
    });
  }
}
