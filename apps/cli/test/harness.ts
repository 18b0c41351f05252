/** Runs the command line for tests: in this process where nothing is spawned, else as a process of its own in an empty folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { checkout, type Context } from '../src/context.ts';
import { runProgram } from '../src/program.ts';
import { nodeArguments, programsOf } from '../src/programs.ts';
import { Terminal } from '../src/terminal.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiln-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A context whose output is kept. */
export function keptOutput(changes: Partial<Context> = {}): {
  context: Context;
  result: (code: number) => Result;
} {
  const kept = { out: '', err: '' };
  const stdout = { write: (text: string) => (kept.out += text) };
  const stderr = { write: (text: string) => (kept.err += text) };
  const env = { PATH: process.env['PATH'] };
  const terminal = new Terminal(stdout, stderr, env);
  const context = {
    cwd: process.cwd(),
    env,
    terminal,
    root: checkout,
    programs: programsOf(checkout),
    ...changes,
  };
  return { context, result: (code) => ({ code, ...kept }) };
}

/** In this process. */
export async function kiln(args: readonly string[], changes: Partial<Context> = {}): Promise<Result> {
  const { context, result } = keptOutput(changes);
  return result(await runProgram(context, args));
}

/** Compiled code is kept, as bin/kiln.mjs does: a run starts four processes of the same sources. */
const childEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: join(checkout, '.kiln', 'compile-cache'),
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
};

const program = fileURLToPath(new URL('kiln-with-fake-worker.ts', import.meta.url));
export const fakeWorker = fileURLToPath(new URL('fake-worker.ts', import.meta.url));

export class KilnProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Result>;
  #out = '';
  #err = '';

  constructor(cwd: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [...nodeArguments(program), ...args], {
      cwd,
      env: childEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk) => (this.#out += String(chunk)));
    this.child.stderr?.on('data', (chunk) => (this.#err += String(chunk)));
    this.ended = once(this.child, 'close').then(([code]) => ({
      code: code as number,
      out: this.#out,
      err: this.#err,
    }));
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  /** Waits for something that it prints. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#out + this.#err);
      if (match) return match;
      if (this.child.exitCode !== null)
        throw new Error(`ended without ${pattern}:\n${this.#out}${this.#err}`);
      await sleep(20);
    }
  }
}

/** In this process, with the fake worker in the worker's place. */
export const kilnWithFakeWorker = (
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Result> =>
  kiln(args, {
    cwd,
    env: { ...childEnvironment, ...env },
    programs: { ...programsOf(checkout), worker: fakeWorker },
  });

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
