/** The error of this lib: a network that does not fit its inputs or its stored variables. */

export type NetworkErrorCode =
  | 'missing-variable'
  | 'shape-mismatch'
  | 'duplicate-variable'
  | 'missing-schedule';

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string) {
    super(`[network] ${message}`);
    this.code = code;
  }
}
