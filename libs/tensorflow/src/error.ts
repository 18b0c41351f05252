/** The error of this lib: every failure in TensorFlow or in the addon, thrown or rejected, is a `TensorFlowError`. */

/** TensorFlow's status codes (absl::StatusCode). */
export const errorCodes = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type ErrorCodeName = keyof typeof errorCodes;

const names = new Map<number, ErrorCodeName>(
  Object.entries(errorCodes).map(([name, code]) => [code, name as ErrorCodeName]),
);

/** `detail` is the message without tag and code. Misuse of the addon is reported with the same codes. */
export class TensorFlowError extends Error {
  override readonly name = 'TensorFlowError';
  readonly code: number;
  readonly codeName: ErrorCodeName;
  readonly detail: string;

  constructor(code: number, detail: string) {
    const codeName = names.get(code) ?? 'UNKNOWN';
    super(`[tensorflow] ${codeName}: ${detail}`);
    this.code = code;
    this.codeName = codeName;
    this.detail = detail;
  }
}

/** TensorFlow's libraries or the addon are missing, or the addon cannot be loaded here. */
export class TensorFlowNotFound extends Error {
  override readonly name = 'TensorFlowNotFound';

  constructor(reason: string, options?: ErrorOptions) {
    super(`[tensorflow] ${reason}`, options);
  }
}
