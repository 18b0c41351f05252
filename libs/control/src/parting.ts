/** A worker's last words and log lines. */
import { callDeadlineMs, maxTextBytes } from './limits.ts';
import { methods } from './methods.ts';
import type { RpcClient } from './rpc-client.ts';
import type { Failure, LeaveReason, LogLevel, Progress, RunRef, Seat } from './types.ts';

/** `error` goes with 'failed'; an Error counts as 'internal' and brings its stack to the log. */
export interface LeaveOptions {
  outcome: LeaveReason;
  error?: Failure | Error | undefined;
}

export async function leaveThrough(
  rpc: RpcClient,
  seat: Seat,
  progress: Progress,
  { outcome, error }: LeaveOptions,
): Promise<void> {
  const failure = error && describeFailure(error);
  await rpc.unary(methods.leave, { seat, reason: outcome, failure, progress }, callDeadlineMs);
}

export async function logThrough(
  rpc: RpcClient,
  seat: Seat,
  level: LogLevel,
  message: string,
  fields: Record<string, unknown>,
): Promise<RunRef> {
  const fieldsJson = Object.keys(fields).length > 0 ? JSON.stringify(fields) : '';
  const entry = { level, source: '', message: cut(message), fieldsJson };
  return (await rpc.unary(methods.reportLog, { seat, entry }, callDeadlineMs)).run;
}

function describeFailure(error: Failure | Error): Failure {
  if (!(error instanceof Error)) return { ...error, message: cut(error.message) };
  return { kind: 'internal', message: cut(error.message), stack: error.stack && cut(error.stack) };
}

/** A native error may quote a whole graph; what is too long must not hide that there was an error. */
const cut = (text: string): string =>
  text.length <= maxTextBytes / 4 ? text : `${text.slice(0, maxTextBytes / 4)} …`;
