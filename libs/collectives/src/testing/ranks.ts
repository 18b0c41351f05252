/** Real processes for tests: starts ranks, lets them run a scenario together, and takes them away. */
import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GroupOptions } from '../group.ts';
import type { PeerAddress } from '../hosts/peer-address.ts';
import type { Begin, Failed, Introduction, Reply, RunRequest, TestTransport } from './protocol.ts';

const rankProcess = fileURLToPath(new URL('./rank-process.ts', import.meta.url));

export interface Outcome<T> {
  value?: T;
  failed?: Failed;
}

export interface RunOptions {
  /** Ranks that take part; default all. */
  worldSize?: number;
  group?: Partial<GroupOptions>;
  /** Default shared memory. */
  transport?: TestTransport | undefined;
  /** Called when every rank has joined and its scenario runs. */
  whileRunning?: (ranks: Ranks) => void | Promise<void>;
}

let numGroups = 0;

export class Ranks {
  readonly #size: number;
  readonly #module: string;
  #processes: (ChildProcess | undefined)[] = [];
  #nextId = 0;

  /** `module` is the URL of the file whose exports are the scenarios. */
  constructor(size: number, module: URL) {
    this.#size = size;
    this.#module = module.href;
  }

  pid(rank: number): number {
    return this.#process(rank).pid as number;
  }

  signal(rank: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process(rank).kill(signal);
    if (signal === 'SIGKILL') this.#processes[rank] = undefined;
  }

  /** Runs a scenario on all ranks in a group of its own. `args` may depend on the rank. A rank that ends is a failed outcome. */
  async run<T>(
    scenario: string,
    args: (rank: number) => unknown,
    options: RunOptions = {},
  ): Promise<Outcome<T>[]> {
    const { worldSize = this.#size, transport } = options;
    const group = { ...freshGroup(worldSize), ...options.group };
    const runs = Array.from({ length: worldSize }, (_, rank) =>
      this.#ask<T>(rank, { scenario, group: { rank, ...group }, transport, args: args(rank) }),
    );
    if (transport !== undefined && transport !== 'shared memory') {
      const peers = await Promise.all(runs.map(({ listening }) => listening));
      runs.forEach(({ introduce }) => introduce(peers));
    }
    await Promise.all(runs.map(({ started }) => started));
    for (const { begin } of runs) begin();
    await options.whileRunning?.(this);
    return Promise.all(runs.map(({ outcome }) => outcome));
  }

  /** Runs a scenario on one rank, which joins by itself if it joins. */
  async runAlone<T>(rank: number, scenario: string, args: unknown): Promise<Outcome<T>> {
    return this.#ask<T>(rank, { scenario, group: null, args }).outcome;
  }

  /** Lets one rank join; the pids of the group. */
  async join(options: GroupOptions, process = options.rank): Promise<Outcome<number[]>> {
    return this.#joinAs('join', options, process);
  }

  /** Lets one rank join `count` generations, one after the other; how many. */
  async joinMany(options: GroupOptions, count: number, process: number): Promise<Outcome<number>> {
    return this.#joinAs('joinMany', { ...options, count }, process);
  }

  async #joinAs<T>(scenario: string, args: unknown, process: number): Promise<Outcome<T>> {
    const module = new URL('./join-scenario.ts', import.meta.url).href;
    return this.#ask<T>(process, { module, scenario, group: null, args }).outcome;
  }

  /** The values of a run in which nothing may fail. */
  async values<T>(scenario: string, args: (rank: number) => unknown, options: RunOptions = {}): Promise<T[]> {
    const outcomes = await this.run<T>(scenario, args, options);
    return outcomes.map(({ value, failed }, rank) => {
      if (failed !== undefined) throw new Error(`rank ${rank}: ${failed.message}`);
      return value as T;
    });
  }

  stop(): void {
    for (const process of this.#processes) process?.kill('SIGKILL');
    this.#processes = [];
  }

  /** A process that a test took away is replaced when its rank is needed next. */
  #process(rank: number): ChildProcess {
    const known = this.#processes[rank];
    if (known !== undefined && known.exitCode === null && known.signalCode === null) return known;
    const started = fork(rankProcess, {
      execArgv: ['--conditions=@kiln/source', '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
    this.#processes[rank] = started;
    return started;
  }

  #ask<T>(
    rank: number,
    request: Omit<RunRequest, 'id' | 'module'> & { module?: string },
  ): {
    listening: Promise<PeerAddress>;
    introduce: (peers: PeerAddress[]) => void;
    begin: () => void;
    started: Promise<void>;
    outcome: Promise<Outcome<T>>;
  } {
    const process = this.#process(rank);
    const id = this.#nextId++;
    const outcome = Promise.withResolvers<Outcome<T>>();
    const started = Promise.withResolvers<void>();
    const listening = Promise.withResolvers<PeerAddress>();
    const settle = (result: Outcome<T>): void => {
      process.off('message', listen);
      process.off('exit', ended);
      started.resolve();
      listening.reject(new Error(result.failed?.message ?? 'the rank did not listen'));
      outcome.resolve(result);
    };
    const listen = (reply: Reply): void => {
      if (reply.id !== id) return;
      if ('started' in reply) started.resolve();
      else if ('listening' in reply) listening.resolve(reply.listening);
      else settle('failed' in reply ? { failed: reply.failed } : { value: reply.value as T });
    };
    const ended = (code: number | null, signal: string | null): void =>
      settle({
        failed: {
          name: 'Exit',
          message: `rank ${rank} ended with ${signal ?? code}`,
          code: undefined,
          at: Date.now(),
        },
      });
    process.on('message', listen);
    process.on('exit', ended);
    const tell = (order: RunRequest | Introduction | Begin): void => {
      if (process.connected) process.send(order);
    };
    tell({ module: this.#module, ...request, id });
    // Nobody waits for it over shared memory.
    listening.promise.catch(() => undefined);
    return {
      listening: listening.promise,
      introduce: (peers) => tell({ id, peers }),
      begin: () => tell({ id, begin: true }),
      started: started.promise,
      outcome: outcome.promise,
    };
  }
}

export function freshGroup(worldSize: number): Omit<GroupOptions, 'rank'> {
  // Shorter than a test may take, so that a test says what failed.
  const limits = { opTimeoutMs: 20_000, joinTimeoutMs: 20_000 };
  return { name: `test-${process.pid}-${numGroups++}`, worldSize, generation: 1, ...limits };
}

/** Segments of this test process's groups that still have a name. */
export function leftBehind(): string[] {
  return readdirSync('/dev/shm').filter((name) => name.startsWith(`kiln-collectives-test-${process.pid}-`));
}
