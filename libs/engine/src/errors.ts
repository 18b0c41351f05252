/** What the engine refuses, said to the person who wrote the step: the rule, what came, and the line it came from. */
import { relative, sep } from 'node:path';

export type EngineErrorCode =
  | 'not-started'
  | 'already-started'
  | 'unknown-device'
  | 'value-read-while-tracing'
  | 'variable-while-tracing'
  | 'unseeded-randomness'
  | 'host-constant-too-large'
  | 'unknown-shape'
  | 'async-step'
  | 'tensor-of-another-trace'
  | 'captured-tensor'
  | 'op-refused'
  | 'unknown-op'
  | 'bad-op-inputs'
  | 'bad-tree'
  | 'bad-result'
  | 'state-changed-shape'
  | 'step-in-flight'
  | 'disposed'
  | 'not-profiled'
  | 'loss-not-scalar'
  | 'no-gradient'
  | 'bad-gradient'
  | 'bad-seed'
  | 'value-out-of-range';

/** A mistake in how the engine was used. `where` is the user's `file:line`, when one is to blame. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly where: string | undefined;

  constructor(
    code: EngineErrorCode,
    message: string,
    options: { where?: string | undefined; cause?: unknown } = {},
  ) {
    const place = options.where === undefined ? '' : `, at ${options.where}`;
    super(`[engine] ${message}${place}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.code = code;
    this.where = options.where;
    this.stack = `${this.name}: ${this.message}`;
  }
}

const ownFolder = import.meta.dirname;

function isUserFrame(file: string): boolean {
  if (file.startsWith('node:') || file.includes(`${sep}node_modules${sep}`)) return false;
  return !file.startsWith(ownFolder + sep) || /\.test\.[jt]s$/.test(file);
}

/** The nearest `file:line` on the stack that is neither the engine, nor a package, nor Node. */
export function userLocation(): string | undefined {
  const limit = Error.stackTraceLimit;
  // tidy(), the tape and the kernels put dozens of frames between the user's line and ours.
  Error.stackTraceLimit = 200;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  for (const frame of stack.split('\n').slice(1)) {
    const match = /\(?(?:file:\/\/)?([^()\s]+):(\d+):\d+\)?$/.exec(frame);
    const [, file, line] = match ?? [];
    if (file === undefined || !(file.startsWith('/') || /^[A-Za-z]:/.test(file)) || !isUserFrame(file))
      continue;
    const short = relative(process.cwd(), file);
    return `${short.startsWith('..') ? file : short}:${line}`;
  }
  return undefined;
}
