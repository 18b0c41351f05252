/** A process of a run: its output goes to a file of the run folder, its end can be waited for. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

export interface ChildOptions {
  readonly title: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Appended to. */
  readonly logFile: string;
  /** Written to its standard input, once it is known. */
  readonly input?: string | Promise<string>;
  /** Read its standard output here instead of logging it. */
  readonly pipeOutput?: boolean;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Child {
  readonly title: string;
  readonly logFile: string;
  /** Never rejects: a process that cannot be started has ended with code 127. */
  readonly ended: Promise<Ending>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, { title, logFile }: ChildOptions) {
    this.#process = process;
    this.title = title;
    this.logFile = logFile;
    this.ended = once(process, 'exit').then(
      ([code, signal]) => ({ code, signal }) as Ending,
      () => ({ code: 127, signal: null }),
    );
  }

  static async start(options: ChildOptions): Promise<Child> {
    const { args, cwd, env, logFile, input, pipeOutput = false } = options;
    await mkdir(dirname(logFile), { recursive: true });
    // The file itself, not a pipe: the process can go on writing should this one die.
    const log = await open(logFile, 'a');
    try {
      const child = spawn(process.execPath, args, {
        cwd,
        env,
        stdio: [input === undefined ? 'ignore' : 'pipe', pipeOutput ? 'pipe' : log.fd, log.fd],
      });
      child.stdin?.on('error', () => {});
      void Promise.resolve(input).then((text) => child.stdin?.end(text));
      return new Child(child, options);
    } finally {
      await log.close();
    }
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get isRunning(): boolean {
    return (
      this.#process.exitCode === null && this.#process.signalCode === null && this.#process.pid !== undefined
    );
  }

  /** Its standard output, if it was asked for. */
  get output(): Readable {
    if (!this.#process.stdout) throw new Error(`the output of ${this.title} goes to ${this.logFile}`);
    return this.#process.stdout;
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.isRunning) this.#process.kill(signal);
  }

  /** The end of what it wrote, for messages. */
  async lastWords(maxLines = 5): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '');
    return text.trim().split('\n').slice(-maxLines).join('\n');
  }
}

/** `code 7`, `SIGKILL`. */
export const endingText = ({ code, signal }: Ending): string => signal ?? `code ${code}`;
