/** One generation of a run, from the first worker to the outcome: its state, its commands, its end. */
import { ControlError } from '@kiln/control';
import type {
  BeatStream,
  CheckpointSaved,
  Command,
  CommandKind,
  Failure,
  JoinRequest,
  LogEntry,
} from '@kiln/control';
import type {
  LogLevel,
  RootCause,
  RunOutcome,
  RunRef,
  RunState,
  RunStatus,
  StopOptions,
  Tick,
} from '@kiln/control';
import { Blame } from './blame.ts';
import { checkReach, type TransportChoice } from './data-plane.ts';
import { EventLog } from './event-log.ts';
import { Liveness } from './liveness.ts';
import type { Member } from './member.ts';
import type { ResumePoint } from './run-history.ts';
import { describeOutcome } from './run-outcome.ts';
import type { RunRecord } from './run-record.ts';
import type { RunConfig } from './run-settings.ts';
import { viewRun } from './run-view.ts';
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
  keepBest: { metric: string; order: 'min' | 'max' } | undefined;
  worldSize: number;
  transport: TransportChoice;
  resume: ResumePoint | undefined;
  timings: Timings;
  store: CheckpointStore;
  record: RunRecord;
}

export class Run {
  readonly options: RunOptions;
  readonly seats: Seats;
  readonly events: EventLog;
  readonly agreement: StepAgreement;
  readonly saves: Saves;
  readonly commands: Command[] = [];
  private readonly blame: Blame;
  private readonly liveness: Liveness;
  private readonly opened = Promise.withResolvers<void>();
  private readonly formed = Promise.withResolvers<void>();
  private readonly ended = Promise.withResolvers<RunOutcome>();
  private readonly startedAtMs = Date.now();
  private state: RunState = 'joining';
  private concluding = false;
  private outcome: RunOutcome | undefined;
  private stopReason: string | undefined;
  private cutShort: string | undefined;
  private joinTimer: NodeJS.Timeout | undefined;
  private statusTimer: NodeJS.Timeout | undefined;
  private endTimer: NodeJS.Timeout | undefined;

  constructor(options: RunOptions) {
    const { run, worldSize, timings, resume } = options;
    this.options = options;
    this.formed.promise.catch(() => undefined);
    this.seats = new Seats(run, worldSize, timings.heartbeatIntervalMs);
    this.events = new EventLog(run);
    this.agreement = new StepAgreement(worldSize);
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
    this.saves = new Saves({
      ...options,
      root: options.checkpointsFolder,
      resumedFrom: resume,
      timeoutMs: timings.saveTimeoutMs,
      meta: { ...run },
      onSaved: (saved) => this.announce(saved),
      onWarning: (message) => this.say('warn', message),
    });
  }

  /** Resolves when the outcome is known and recorded. */
  get done(): Promise<RunOutcome> {
    return this.ended.promise;
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

  /** Seats a worker and waits until all are seated. */
  async join(request: JoinRequest, gone: AbortSignal): Promise<Member> {
    await this.opened.promise;
    if (this.concluding || this.aborted) throw new ControlError('aborted', `the run is over: ${this.reason}`);
    checkReach(this.options.transport, request, this.seats.members);
    const member = this.seats.take(request, performance.now());
    this.say('info', `${member.title} joined (${this.seats.members.length} of ${this.seats.worldSize})`);
    const hungUp = (): void => this.lose(member, 'was killed or crashed while joining: its connection broke');
    gone.addEventListener('abort', hungUp);
    if (this.seats.full && this.state === 'joining') this.form();
    await this.formed.promise;
    gone.removeEventListener('abort', hungUp);
    return member;
  }

  /** From now on this stream's end is the worker's. Commands that came before it are sent on it. */
  attach(member: Member, stream: BeatStream): void {
    if (member.stream) throw new ControlError('seat-taken', `${member.title} has a heartbeat stream already`);
    member.stream = stream;
    for (const command of this.commands) stream.send(this.options.run, command);
  }

  leave(member: Member, reason: 'finished' | 'stopped' | 'failed', failure: Failure | undefined): void {
    member.state = 'left';
    member.leftWith = reason;
    const { message = reason, stack } = failure ?? {};
    this.say(
      reason === 'failed' ? 'error' : 'info',
      `${member.title} left: ${message}`,
      stack ? { stack } : {},
    );
    // After an abort every reason is a consequence of it.
    if (reason === 'failed' && !this.aborted) {
      this.blame.report(member, failure ?? { kind: 'internal', message: 'it gave no reason' });
    }
    if (reason === 'stopped') this.stopReason ??= `${member.title} stopped`;
    this.concludeWhenEmpty();
  }

  /** A worker whose stream broke, or that is silent. */
  lose(member: Member, how: string): void {
    if (!member.present) return;
    // After an abort a broken connection is what was asked for.
    member.state = this.aborted ? 'left' : 'lost';
    member.stream?.end(
      new ControlError('stale-generation', `${member.title} was declared lost and must end`),
    );
    if (!this.aborted) this.blame.lost(member, how);
    this.concludeWhenEmpty();
  }

  save(reason: string): void {
    if (this.state !== 'running')
      throw new ControlError('invalid', `a run that is ${this.state} cannot save`);
    this.command('checkpoint', reason);
  }

  stop({ reason, now, failure }: StopOptions): void {
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

  async tick(tick: Tick): Promise<void> {
    await this.options.record.tick(tick);
    this.events.add({ kind: 'tick', tick });
  }

  async log(entry: LogEntry): Promise<void> {
    this.events.add({ kind: 'log', log: entry });
    await this.options.record.entry(entry);
  }

  /** A line of the coordinator's own. */
  say(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
    const fieldsJson = Object.keys(fields).length > 0 ? JSON.stringify(fields) : '';
    void this.log({ level, source: 'coordinator', message, fieldsJson });
  }

  status(): RunStatus {
    const { startedAtMs, state, outcome } = this;
    const facts = {
      ...this.options,
      startedAtMs,
      state,
      outcome,
      checkpoints: this.saves.status,
      members: this.seats.members,
    };
    return viewRun(facts, performance.now());
  }

  private form(): void {
    clearTimeout(this.joinTimer);
    const nowMs = performance.now();
    for (const member of this.seats.members) member.heardAtMs = nowMs;
    this.enter('running');
    this.formed.resolve();
  }

  private joinOverdue(): void {
    const { missing, members, worldSize } = this.seats;
    const here = members.length > 0 ? members.map(({ title }) => title).join(', ') : 'none';
    const seconds = this.options.timings.joinTimeoutMs / 1000;
    const message = `rank ${missing.join(', ')} of ${worldSize} did not join within ${seconds} s; joined: ${here}; see the output of the missing workers`;
    this.blame.other({ kind: 'worker-lost', message });
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

  private get aborted(): boolean {
    return this.commands.at(-1)?.kind === 'abort';
  }

  private get reason(): string {
    return this.blame.cause?.message ?? this.stopReason ?? '';
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
    const { step, kimg, checkpoints } = this.status();
    const { stopReason, cutShort } = this;
    const outcome = describeOutcome({
      cause: this.blame.cause,
      stopReason,
      cutShort,
      step,
      kimg,
      checkpoints,
    });
    this.outcome = outcome;
    for (const { stream } of this.seats.present) stream?.end(new ControlError('aborted', outcome.message));
    if (outcome.state !== 'failed') this.say('info', outcome.message);
    await this.writeStatus(true);
    this.events.add({ kind: 'status', status: this.status() });
    this.events.add({ kind: 'outcome', outcome });
    this.events.close();
    this.ended.resolve(outcome);
  }

  private command(kind: CommandKind, reason: string): void {
    const command = { id: this.commands.length + 1, kind, reason };
    this.commands.push(command);
    for (const { stream } of this.seats.present) stream?.send(this.options.run, command);
    this.say('info', `command to all workers: ${kind} (${reason})`);
  }

  private announce(saved: CheckpointSaved): void {
    const { step, committed, path, seconds, error } = saved;
    if (committed) this.say('info', `checkpoint of step ${step} committed`, { path, seconds });
    else this.say('error', `checkpoint of step ${step} not saved, earlier ones are intact: ${error}`);
    this.events.add({ kind: 'checkpoint', checkpoint: saved });
  }

  private enter(state: RunState): void {
    this.state = state;
    this.events.add({ kind: 'status', status: this.status() });
    void this.writeStatus(false);
  }

  private async writeStatus(durable: boolean): Promise<void> {
    await this.options.record.status(this.status(), { durable });
  }
}
