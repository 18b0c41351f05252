/** The error of this lib: a run that cannot go on as configured. */

export type TrainingErrorCode =
  | 'batch-not-divisible'
  | 'not-finite'
  | 'collapsed'
  | 'state-mismatch'
  | 'data-mismatch'
  | 'too-many-samples'
  | 'xla-alone';

export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string) {
    super(`[training] ${message}`);
    this.code = code;
  }
}
