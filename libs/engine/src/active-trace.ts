/** Which trace the running code belongs to. */
import type { EngineError } from './errors.ts';
import type { Trace } from './trace.ts';

const active: Trace[] = [];

/** The innermost trace in progress. */
export function activeTrace(): Trace | null {
  return active.at(-1) ?? null;
}

/** True while the code that runs is being traced: nothing executes and no tensor has a value. */
export function isTracing(): boolean {
  return active.length > 0;
}

export function isTracingForXla(): boolean {
  return active.some(({ forXla }) => forXla);
}

/**
 * For asynchronous calls inside a step. Nobody awaits there, so a rejection would end the process: the trace
 * reports the error when it ends.
 */
export function refuseLater(trace: Trace, error: EngineError): Promise<never> {
  trace.violation ??= error;
  return new Promise(() => {});
}

export function withActive<T>(trace: Trace, body: () => T): T {
  active.push(trace);
  try {
    return body();
  } finally {
    active.pop();
  }
}
