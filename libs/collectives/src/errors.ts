/** What this lib refuses or cannot do. A call that fails while it runs is a `TensorFlowError` with code ABORTED instead. */

export type CollectiveErrorCode =
  /** The ranks did not come together; the message says which and why. */
  | 'join-failed'
  | 'already-joined'
  /** Other hosts cannot reach this process. */
  | 'cannot-listen'
  | 'bad-option'
  | 'bad-argument'
  /** A rank wanted long work to end early, and it has ended on all of them. */
  | 'given-up'
  /** A gradient was asked of a collective that has none. */
  | 'no-gradient';

export class CollectiveError extends Error {
  override readonly name = 'CollectiveError';
  readonly code: CollectiveErrorCode;

  constructor(code: CollectiveErrorCode, message: string, options?: ErrorOptions) {
    super(`[collective] ${message}`, options);
    this.code = code;
    // A mistake of the user's: the message says it all.
    this.stack = `${this.name}: ${this.message}`;
  }
}
