/** The programs whose all-reduce is timed. All stay alive for the whole run and sleep while another one is timed. */
import { execFile, fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { PeerAddress } from '@kiln/collectives';
import type { Link, Request } from './kiln-rank.ts';

export interface Program {
  /** Nanoseconds of each repetition on a buffer of float32. A megabyte is 10^6 bytes. */
  measure(megabytes: number, repetitions: number): Promise<number[]>;
  stop(): void;
}

const app = join(import.meta.dirname, '../..');

/** A program that answers each line with a line of JSON. */
class LineProgram {
  readonly #child;
  readonly #lines;

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ask(line: string): Promise<number[]> {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`[bench] ${this.#child.spawnfile} ended before it answered '${line}'`);
    return JSON.parse(value) as number[];
  }

  stop(): void {
    this.#child.stdin.end();
  }
}

/** Compiles the limits program once for each version of its source. */
async function limitsProgram(): Promise<string> {
  const source = join(app, 'native/limits.cc');
  const hash = createHash('sha256').update(await readFile(source));
  const folder = join(app, '../../.kiln/bench');
  const program = join(folder, `limits-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const partial = `${program}.${process.pid}`;
  await promisify(execFile)('g++', ['-std=c++17', '-O3', '-march=native', '-pthread', source, '-o', partial]);
  await rename(partial, program);
  return program;
}

/** What memory and TCP of this machine allow: `inPlace` in a shared buffer, `swap` over loopback. */
export async function limits(): Promise<{ inPlace: Program; swap: Program }> {
  const program = new LineProgram(await limitsProgram(), []);
  const ofKind = (kind: string): Program => ({
    measure: async (megabytes, repetitions) => program.ask(`${kind} ${megabytes} ${repetitions}`),
    stop: () => program.stop(),
  });
  return { inPlace: ofKind('memory'), swap: ofKind('tcp') };
}

/** `python` has PyTorch. */
export function gloo(python: string): Program {
  const program = new LineProgram(python, [join(import.meta.dirname, 'gloo.py')]);
  return {
    measure: async (megabytes, repetitions) => program.ask(`${megabytes} ${repetitions}`),
    stop: () => program.stop(),
  };
}

export async function kiln(link: Link): Promise<Program> {
  const ranks = [0, 1].map((rank) =>
    fork(join(import.meta.dirname, 'kiln-rank.ts'), [`bench-${process.pid}-${link}`, String(rank), link], {
      execArgv: ['--conditions=@kiln/source'],
    }),
  );
  const [first] = ranks as [(typeof ranks)[0], (typeof ranks)[0]];
  const answers = async (): Promise<unknown[]> =>
    Promise.all(ranks.map(async (rank) => ((await once(rank, 'message')) as [unknown])[0]));
  if (link !== 'memory') {
    const peers = (await answers()) as PeerAddress[];
    for (const rank of ranks) rank.send(peers);
  }
  await answers();
  return {
    measure: async (megabytes, repetitions) => {
      const answer = once(first, 'message');
      for (const rank of ranks) rank.send({ megabytes, repetitions } satisfies Request);
      return ((await answer) as [number[]])[0];
    },
    stop: () => {
      for (const rank of ranks) if (rank.connected) rank.disconnect();
    },
  };
}
