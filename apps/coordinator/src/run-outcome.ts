/** What a run ended with, and the exit code that says it. */
import {
  exitCodeOfFailure,
  exitCodes,
  type CheckpointStatus,
  type RootCause,
  type RunOutcome,
} from '@kiln/control';

export interface Ending {
  cause: RootCause | undefined;
  /** Why the run was told to stop, if it was. */
  stopReason: string | undefined;
  /** Why a stop could not wait for the workers to save, if so. */
  cutShort: string | undefined;
  step: number;
  kimg: number;
  checkpoints: CheckpointStatus;
}

export function describeOutcome(ending: Ending): RunOutcome {
  const { cause, stopReason, step, kimg } = ending;
  if (cause) {
    return {
      state: 'failed',
      exitCode: exitCodeOfFailure(cause.kind),
      message: cause.message,
      rootCause: cause,
    };
  }
  const reached = `step ${step} (${kimg.toFixed(1)} kimg)`;
  if (stopReason === undefined) {
    return { state: 'finished', exitCode: exitCodes.ok, message: `finished at ${reached}`, rootCause: null };
  }
  const unsaved = unsavedBecause(ending);
  const message = `stopped at ${reached}: ${stopReason}${unsaved === '' ? '' : `; its state was not saved: ${unsaved}`}`;
  return {
    state: 'stopped',
    exitCode: unsaved === '' ? exitCodes.ok : exitCodes.interrupted,
    message,
    rootCause: null,
  };
}

function unsavedBecause({ cutShort, step, checkpoints }: Ending): string {
  if (cutShort !== undefined) return cutShort;
  if (step === 0 || checkpoints.lastStep === step) return '';
  return checkpoints.lastError || 'no checkpoint of the last step was committed';
}
