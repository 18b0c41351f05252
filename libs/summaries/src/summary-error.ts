/** The errors of this lib: all are mistakes of the caller or failures of the disk. */

export type SummaryErrorCode = 'bad-tag' | 'bad-step' | 'bad-value' | 'bad-shape' | 'closed' | 'write-failed';

export class SummaryError extends Error {
  readonly code: SummaryErrorCode;

  constructor(code: SummaryErrorCode, message: string, options?: { cause?: unknown }) {
    super(`[summaries] ${message} (${code})`, options);
    this.name = 'SummaryError';
    this.code = code;
  }
}
