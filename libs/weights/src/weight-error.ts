/** The error of this lib: a file that is not there, is damaged, or holds what weights never do. */

export type WeightErrorCode = 'missing' | 'malformed' | 'unsupported' | 'mismatch' | 'io';

export class WeightError extends Error {
  override readonly name = 'WeightError';
  readonly code: WeightErrorCode;
  readonly file: string;

  constructor(code: WeightErrorCode, file: string, reason: string, options?: ErrorOptions) {
    super(`[weights] ${file}: ${reason}`, options);
    this.code = code;
    this.file = file;
  }
}

/** What the file system threw, as an error of this lib. */
export function asWeightError(error: unknown, file: string): WeightError {
  if (error instanceof WeightError) return error;
  const missing = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
  const text = error instanceof Error ? error.message : String(error);
  return missing
    ? new WeightError('missing', file, 'not found; name an existing weights file', { cause: error })
    : new WeightError('io', file, text, { cause: error });
}
