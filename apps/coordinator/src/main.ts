/** One per run: membership, generations, checkpoint commit and the run record. This is the process around it. */
import { ControlError, exitCodeOfError, exitCodes, type RunOutcome } from '@kiln/control';
import { startCoordinator, type Coordinator } from './coordinator.ts';
import { readOptions, usage } from './options.ts';

// Whoever read our output may be gone, which is no reason to drop a run.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await main();
// Whatever still holds the event loop by then is not ours to wait for.
setTimeout(() => process.exit(), 1_000).unref();

async function main(): Promise<number> {
  try {
    const options = await readOptions(process.argv.slice(2), process.stdin);
    if (!options) {
      process.stdout.write(usage);
      return exitCodes.ok;
    }
    const coordinator = await startCoordinator(options.coordinator);
    const { address, run } = coordinator;
    print({ event: 'listening', address, ...run, runFolder: options.coordinator.runFolder });
    const signals = stopOnSignals(coordinator);
    if (options.exitWithParent) stopWithParent(coordinator);
    const outcome = await coordinator.done;
    print({ event: 'outcome', ...outcome });
    if (outcome.state === 'failed') process.stderr.write(`${outcome.message}\n`);
    return exitCode(outcome, signals);
  } catch (error) {
    const known = error instanceof ControlError;
    process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return known ? exitCodeOfError(error.code) : exitCodes.internal;
  }
}

/** The first asks the workers to save and stop, the second does not wait. */
function stopOnSignals(coordinator: Coordinator): NodeJS.Signals[] {
  const received: NodeJS.Signals[] = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      received.push(signal);
      void coordinator.stop({ reason: signal, now: received.length > 1 });
    });
  }
  return received;
}

function stopWithParent(coordinator: Coordinator): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void coordinator.stop({ reason: `the process that started this run (pid ${parent}) is gone` });
  }, 500);
  timer.unref();
}

function exitCode({ exitCode: code }: RunOutcome, signals: NodeJS.Signals[]): number {
  return code === exitCodes.interrupted && signals.at(-1) === 'SIGTERM' ? exitCodes.terminated : code;
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
