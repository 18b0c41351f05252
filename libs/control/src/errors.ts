/** The one error class of the control plane, its closed set of codes, and the way of each over gRPC. */
import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';

const grpcStatusOf = {
  aborted: status.ABORTED,
  'bad-address': status.INVALID_ARGUMENT,
  deadline: status.DEADLINE_EXCEEDED,
  'insecure-address': status.INVALID_ARGUMENT,
  internal: status.INTERNAL,
  invalid: status.INVALID_ARGUMENT,
  'no-checkpoint': status.NOT_FOUND,
  'no-run': status.NOT_FOUND,
  'port-in-use': status.UNAVAILABLE,
  protocol: status.INTERNAL,
  'run-exists': status.ALREADY_EXISTS,
  'run-folder': status.UNAVAILABLE,
  'run-locked': status.UNAVAILABLE,
  'seat-taken': status.ALREADY_EXISTS,
  'stale-generation': status.FAILED_PRECONDITION,
  'too-large': status.RESOURCE_EXHAUSTED,
  unauthenticated: status.UNAUTHENTICATED,
  unavailable: status.UNAVAILABLE,
} as const;

export type ControlErrorCode = keyof typeof grpcStatusOf;

/** Carries the exact code where one gRPC status stands for several. */
const codeHeader = 'kiln-code';
const withStack: ReadonlySet<ControlErrorCode> = new Set<ControlErrorCode>(['internal', 'protocol']);

/** Message: `[control/<code>]`, lower case, what was expected, what came, what to change. */
export class ControlError extends Error {
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string, options?: ErrorOptions) {
    super(`[control/${code}] ${message}`, options);
    this.name = 'ControlError';
    this.code = code;
    if (!withStack.has(code)) this.stack = `${this.name}: ${this.message}`;
  }

  /** Turns anything thrown into a ControlError. */
  static from(thrown: unknown, code: ControlErrorCode = 'internal'): ControlError {
    if (thrown instanceof ControlError) return thrown;
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new ControlError(code, text, { cause: thrown });
  }
}

/** The status a handler's failure is sent as. */
export function toStatus(thrown: unknown): Pick<StatusObject, 'code' | 'details' | 'metadata'> {
  const error = ControlError.from(thrown);
  const metadata = new Metadata();
  metadata.set(codeHeader, error.code);
  return { code: grpcStatusOf[error.code], details: error.message, metadata };
}

/** The error a client throws for a failed call: the server's own, or the transport's in our words. */
export function fromStatus(error: ServiceError, address: string): ControlError {
  const sent = error.metadata?.get(codeHeader)[0];
  if (typeof sent === 'string' && Object.hasOwn(grpcStatusOf, sent)) {
    const code = sent as ControlErrorCode;
    return new ControlError(code, error.details.replace(/^\[control\/[a-z-]+\] /, ''));
  }
  const { code, text } = transportFailure(error.code, error.details);
  return new ControlError(code, `coordinator at ${address}: ${text}`, { cause: error });
}

function transportFailure(code: status, details: string): { code: ControlErrorCode; text: string } {
  switch (code) {
    case status.UNAVAILABLE:
    case status.CANCELLED:
      return { code: 'unavailable', text: `the connection is gone (${details})` };
    case status.DEADLINE_EXCEEDED:
      return { code: 'deadline', text: 'no answer in time; it may be stopped or overloaded' };
    case status.RESOURCE_EXHAUSTED:
      return { code: 'too-large', text: details };
    case status.UNIMPLEMENTED:
      return {
        code: 'protocol',
        text: `it does not know this call (${details}); start both from the same version`,
      };
    default:
      return { code: 'protocol', text: details };
  }
}
