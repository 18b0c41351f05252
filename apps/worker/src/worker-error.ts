/** A mistake of the person at the terminal, or a failure with an exit code of its own (docs/exit-codes.md). */
import { exitCodes, type ExitName } from '@kiln/control';

export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly exitName: ExitName;

  constructor(exitName: ExitName, message: string) {
    super(message);
    this.exitName = exitName;
  }

  get exitCode(): number {
    return exitCodes[this.exitName];
  }
}

const exitNameByClass: Readonly<Record<string, ExitName>> = {
  DatasetError: 'data',
  WeightError: 'data',
  CheckpointError: 'checkpoint',
  ControlError: 'coordinator',
  TensorFlowNotFoundError: 'setup',
};

/** The exit a thrown thing stands for; anything unforeseen is `internal`. */
export function exitNameOf(error: unknown): ExitName {
  if (error instanceof WorkerError) return error.exitName;
  if (!(error instanceof Error)) return 'internal';
  const code = (error as { code?: unknown }).code;
  if (error.name === 'DatasetError' && code === 'bad-spec') return 'usage';
  if (error.name === 'TrainingError') {
    if (code === 'not-finite' || code === 'collapsed') return 'training';
    return code === 'state-mismatch' ? 'checkpoint' : 'usage';
  }
  if (error.name === 'EngineError' && code === 'unknown-device') return 'setup';
  if (error.name === 'TensorFlowError' && (error as { codeName?: unknown }).codeName === 'ABORTED')
    return 'worker-lost';
  return exitNameByClass[error.name] ?? 'internal';
}
