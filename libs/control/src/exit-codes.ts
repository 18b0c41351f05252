/** Exit codes of every Kiln process; docs/exit-codes.md is their description. */
import type { ControlErrorCode } from './errors.ts';
import type { FailureKind } from './types.ts';

export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  data: 3,
  checkpoint: 4,
  'worker-lost': 5,
  coordinator: 6,
  setup: 7,
  training: 8,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitName = keyof typeof exitCodes;
export type ExitCode = (typeof exitCodes)[ExitName];

/** A worker whose peer was lost ends as that peer's run does. */
export const exitCodeOfFailure = (kind: FailureKind): ExitCode =>
  exitCodes[kind === 'peer-lost' ? 'worker-lost' : kind];

export function exitCodeOfError(code: ControlErrorCode): ExitCode {
  switch (code) {
    case 'bad-address':
    case 'insecure-address':
    case 'invalid':
    case 'no-run':
      return exitCodes.usage;
    case 'no-checkpoint':
      return exitCodes.checkpoint;
    case 'aborted':
      return exitCodes['worker-lost'];
    case 'internal':
    case 'protocol':
      return exitCodes.internal;
    default:
      return exitCodes.coordinator;
  }
}
