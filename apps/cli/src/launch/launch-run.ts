/** A whole run on this machine: coordinator, workers, what a person sees of them, and their end. */
import { controlFilePath, exitCodes, readControlFile, RunObserver, type RunOutcome } from '@kiln/control';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import type { RunConfig } from '../run-config.ts';
import { shown } from '../run-folder.ts';
import { endingText, type Child } from './child.ts';
import { startCoordinatorChild } from './coordinator-child.ts';
import { RunView } from './run-view.ts';
import { onStopSignals, type StopSignal } from './stop-signals.ts';
import { failureOf, startWorkers } from './worker-child.ts';

export interface Launch {
  readonly runFolder: string;
  readonly config: RunConfig;
  readonly resume: boolean;
  readonly listen?: string;
  /** What carries tensors between the workers; default: what suits where they are. */
  readonly transport?: string;
  readonly joinTimeoutSeconds?: number | undefined;
  /** Start no workers, and say how to. */
  readonly workersByHand?: boolean;
}

export interface LaunchResult {
  readonly outcome: RunOutcome;
  readonly seconds: number;
}

const statusEveryMs = 250;
/** From the outcome to the last process's own end. */
const farewellMs = 10_000;
/** From the second Ctrl-C to the end by force. */
const lastGraceMs = 2_000;

export async function launchRun(context: Context, launch: Launch): Promise<LaunchResult> {
  const {
    runFolder,
    config,
    resume,
    listen = 'unix',
    transport,
    joinTimeoutSeconds,
    workersByHand = false,
  } = launch;
  const { terminal } = context;
  const children: Child[] = [];
  const view = new RunView(terminal, config);
  const stop = new StopRequest(context, children);
  const undoSignals = onStopSignals(stop);
  let observer: RunObserver | undefined;
  try {
    const starting = startCoordinatorChild(context, {
      runFolder,
      config,
      resume,
      listen,
      transport,
      joinTimeoutSeconds,
    });
    const address = starting.then(
      (started) => started.address,
      () => '',
    );
    const workers = workersByHand
      ? []
      : await startWorkers(context, runFolder, address, config.workers, config.device);
    children.push(...workers);
    const coordinator = await starting;
    children.push(coordinator.child);
    const { token, tls } = await readControlFile(controlFilePath(runFolder));
    observer = await RunObserver.connect(coordinator.address, token, { tls });
    stop.attach(observer);
    if (workersByHand) terminal.print(inviteWorkers(context, coordinator.address, launch));
    for (const worker of workers) void reportIfLostEarly(worker, observer);
    const outcome = await follow(observer, view, coordinator.child);
    await Promise.race([Promise.all(children.map((child) => child.ended)), sleep(farewellMs)]);
    return { outcome: stop.settle(outcome), seconds: view.elapsedSeconds };
  } catch (error) {
    const outcome = stop.byForce;
    if (!outcome) throw error;
    return { outcome, seconds: view.elapsedSeconds };
  } finally {
    undoSignals();
    terminal.endProgress();
    observer?.close();
    for (const child of children) child.kill();
  }
}

function inviteWorkers({ cwd }: Context, address: string, { runFolder, config }: Launch): string {
  const tokenFile = shown(cwd, controlFilePath(runFolder));
  return `listening at ${address}; start ${config.workers} of these:\n  npx kiln worker --coordinator ${address} --token-file ${tokenFile}\n`;
}

/** Ends with the run; shows it meanwhile. */
async function follow(observer: RunObserver, view: RunView, coordinator: Child): Promise<RunOutcome> {
  const refresh = setInterval(
    () => void observer.getStatus().then((status) => view.status(status), ignore),
    statusEveryMs,
  );
  try {
    for await (const event of observer.watch()) {
      view.event(event);
      if (event.kind === 'outcome') return event.outcome;
    }
  } catch (error) {
    // A coordinator that is gone says so by its exit; anything else is told as it is.
    const ending = await Promise.race([coordinator.ended, sleep(lastGraceMs)]);
    if (ending === undefined) throw error;
    throw lostCoordinator(endingText(ending), coordinator, error);
  } finally {
    clearInterval(refresh);
  }
  throw lostCoordinator('no outcome', coordinator);
}

function lostCoordinator(how: string, coordinator: Child, cause?: unknown): CliError {
  const text = `the coordinator (pid ${coordinator.pid}) ended with ${how} before the run did; see ${coordinator.logFile}, then kiln resume`;
  return new CliError('coordinator', text, { cause });
}

/** The coordinator sees the death of every worker that has joined; of one that has not, only this process knows. */
async function reportIfLostEarly(worker: Child, observer: RunObserver): Promise<void> {
  const { code } = await worker.ended;
  if (code === 0) return;
  try {
    const { workers, outcome } = await observer.getStatus();
    if (outcome || workers.some(({ pid }) => pid === worker.pid)) return;
    const failure = await failureOf(worker);
    await observer.stop({ reason: failure.message, failure });
  } catch {
    // The run is over already, and has its outcome.
  }
}

/** What Ctrl-C does: first an orderly stop with a checkpoint, then the end at once. */
class StopRequest {
  #observer: RunObserver | undefined;
  readonly #context: Context;
  readonly #children: readonly Child[];
  #askedBy: StopSignal | undefined;
  #killedBy: StopSignal | undefined;

  constructor(context: Context, children: readonly Child[]) {
    this.#context = context;
    this.#children = children;
  }

  /** A signal may have come before there was anybody to tell. */
  attach(observer: RunObserver): void {
    this.#observer = observer;
    this.#ask();
  }

  first(signal: StopSignal): void {
    this.#askedBy = signal;
    this.#context.terminal.note(
      'stopping after this step and saving a checkpoint; Ctrl-C again stops at once, without saving',
    );
    this.#ask();
  }

  second(signal: StopSignal): void {
    this.#killedBy = signal;
    this.#context.terminal.note('stopping at once');
    this.#observer?.stop({ reason: `second ${signal} to kiln`, now: true }).catch(ignore);
    setTimeout(() => {
      for (const child of this.#children) child.kill();
    }, lastGraceMs).unref();
  }

  /** The outcome where the end by force left none. */
  get byForce(): RunOutcome | undefined {
    if (this.#killedBy === undefined) return undefined;
    const message = 'stopped at once; what was trained since the last checkpoint is lost';
    return { state: 'stopped', exitCode: this.#exitCode, message, rootCause: null };
  }

  /** A run that was stopped by force says by its exit code which signal it was. */
  settle(outcome: RunOutcome): RunOutcome {
    return this.#killedBy === undefined || outcome.exitCode === exitCodes.ok
      ? outcome
      : { ...outcome, exitCode: this.#exitCode };
  }

  get #exitCode(): number {
    return this.#killedBy === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  }

  #ask(): void {
    if (this.#askedBy !== undefined)
      this.#observer?.stop({ reason: `${this.#askedBy} to kiln` }).catch(ignore);
  }
}

const ignore = (): void => {};

const sleep = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
