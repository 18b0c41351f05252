/** Starts real coordinators and workers for tests, and sees to it that none outlives its test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ControlClient, RunObserver, controlFilePath, readControlFile } from '@kiln/control';
import { startCoordinator, type Coordinator, type CoordinatorOptions } from '../coordinator.ts';
import type { FakeWorkerOptions } from './fake-worker.ts';

export interface Child {
  process: ChildProcess;
  pid: number;
  /** Exit code, or the name of the signal. */
  exited: Promise<number | string>;
  stdout: string;
  stderr: string;
  /** Resolves when a line of stdout has this text. */
  prints(text: string): Promise<void>;
}

export class Loopback {
  readonly runFolder: string;
  private readonly root: string;
  private readonly undo: (() => Promise<unknown> | void)[] = [];

  private constructor(root: string) {
    this.root = root;
    this.runFolder = join(root, 'run');
  }

  static async create(): Promise<Loopback> {
    return new Loopback(await mkdtemp(join(tmpdir(), 'kiln-test-')));
  }

  async coordinator(options: Partial<CoordinatorOptions> = {}): Promise<Coordinator> {
    const coordinator = await startCoordinator({
      runFolder: this.runFolder,
      config: { recipe: 'fake' },
      worldSize: 2,
      ...options,
    });
    this.undo.push(() =>
      coordinator.stop({ reason: 'the test is over', now: true }).then(() => coordinator.done),
    );
    return coordinator;
  }

  async client(): Promise<ControlClient> {
    const { address, token } = await this.control();
    const client = await ControlClient.connect(address, token);
    this.undo.push(() => client.close());
    return client;
  }

  async observer(): Promise<RunObserver> {
    const { address, token } = await this.control();
    const observer = await RunObserver.connect(address, token);
    this.undo.push(() => observer.close());
    return observer;
  }

  /** A worker in a process of its own; `connected` is the first thing it prints. */
  worker(options: FakeWorkerOptions): Child {
    return this.spawn('./fake-worker.ts', [controlFilePath(this.runFolder), JSON.stringify(options)]);
  }

  coordinatorProcess(...args: string[]): Child {
    return this.spawn('../main.ts', ['--run', this.runFolder, ...args]);
  }

  control() {
    return readControlFile(controlFilePath(this.runFolder));
  }

  async rows(file: string): Promise<Record<string, unknown>[]> {
    const text = await readFile(join(this.runFolder, file), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async close(): Promise<void> {
    for (const step of this.undo.toReversed()) await step();
    await rm(this.root, { recursive: true, force: true });
  }

  private spawn(script: string, args: string[]): Child {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@kiln/source', path, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { promise: exited, resolve } = Promise.withResolvers<number | string>();
    const result: Child = {
      process: child,
      pid: child.pid ?? 0,
      exited,
      stdout: '',
      stderr: '',
      prints: (text) => printed(result, text),
    };
    child.stdout.on('data', (data: Buffer) => (result.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (result.stderr += data.toString()));
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
    this.undo.push(async () => {
      child.kill('SIGKILL');
      await exited;
    });
    return result;
  }
}

async function printed(child: Child, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (child.stdout.includes(text)) resolve();
  };
  child.process.stdout?.on('data', look);
  look();
  await Promise.race([promise, child.exited]);
  if (!child.stdout.includes(text)) throw new Error(`ended before it printed "${text}": ${child.stderr}`);
}
