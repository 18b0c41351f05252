/** The error of this lib: an extractor or its weights cannot be had, or there are too few samples. */

export type MetricErrorCode = 'unknown-extractor' | 'no-weights' | 'too-few-samples';

export class MetricError extends Error {
  override readonly name = 'MetricError';
  readonly code: MetricErrorCode;

  constructor(code: MetricErrorCode, message: string, options?: ErrorOptions) {
    super(`[metrics] ${message}`, options);
    this.code = code;
  }
}
