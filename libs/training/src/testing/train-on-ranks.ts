/** Trains a recipe on some workers of this machine, without a coordinator: for tests and proofs of what workers may not change. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { PeerAddress } from '@kiln/collectives';
import type { Precision } from '@kiln/engine';

/** In place of a recipe's name: the game of `growing-game.ts`, which uses all that a game may have. */
export const growing = 'testing: growing game';

export interface RanksOptions {
  readonly recipe: string;
  readonly worldSize: number;
  readonly steps: number;
  readonly batch: number;
  readonly accumulate?: number;
  readonly precision?: Precision;
  readonly dataFolder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Every rank on a host of its own, over ZeroMQ. */
  readonly apart?: boolean;
}

export interface RankRequest extends RanksOptions {
  readonly rank: number;
  readonly group: string;
}

/** What a rank sends: where it listens, if ranks are apart, and what it computed. */
export type RankMessage = { listening: PeerAddress } | { report: RankReport };

export interface RankReport {
  /** Of every step. */
  readonly metrics: Record<string, number>[];
  /** All-reduced gradients of the first step, by phase and path. */
  readonly gradients: Record<string, number[]>;
  /** Declared state, and the loss's scale, after the last step by path. */
  readonly declared: Record<string, number[]>;
}

const timeoutMs = 240_000;

/** The reports of all ranks, rank 0 first. */
export function trainOnRanks(options: RanksOptions): Promise<RankReport[]> {
  const group = `ranks-${randomUUID().slice(0, 8)}`;
  const addresses = Array.from({ length: options.worldSize }, () => Promise.withResolvers<PeerAddress>());
  const program = fileURLToPath(import.meta.resolve('./rank-steps.ts'));
  const one = (rank: number): Promise<RankReport> =>
    new Promise((resolve, reject) => {
      const child = fork(program, [], {
        execArgv: ['--conditions=@kiln/source', '--no-deprecation'],
        silent: true,
        timeout: timeoutMs,
      });
      let words = '';
      child.stderr!.on('data', (chunk: Buffer) => (words += chunk.toString()));
      child.on('message', (message: RankMessage) => {
        if ('report' in message) return resolve(message.report);
        addresses[rank]!.resolve(message.listening);
        void Promise.all(addresses.map(({ promise }) => promise)).then((peers) => child.send(peers));
      });
      child.once('exit', (code) =>
        reject(new Error(`rank ${rank} ended with ${code} and no report:\n${words}`)),
      );
      child.send({ ...options, rank, group } satisfies RankRequest);
    });
  return Promise.all(Array.from({ length: options.worldSize }, (_, rank) => one(rank)));
}

const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));

/** Norm of the difference over the norm of `expected`, or over `least` where that is larger. */
export function relativeDifference(
  expected: readonly number[],
  got: readonly number[],
  least = Number.MIN_VALUE,
): number {
  return norm(expected.map((value, i) => value - got[i]!)) / Math.max(norm(expected), least);
}

/**
 * A gradient that is a small difference of large terms, as that of a critic's last bias, or nothing by its formula, as that
 * of a bias in front of a batch norm, is rounding, of which no two runs have the same. Gradients are therefore compared
 * with at least this share of the largest one of their phase.
 */
const leastShare = 0.01;

/** The largest differences between two reports: per gradient tensor, and per loss over all steps (some pass through 0: relative to 1 at least). */
export function compareReports(
  expected: RankReport,
  got: RankReport,
): { gradient: number; loss: number; worst: string } {
  let [gradient, worst] = [0, ''];
  const phaseOf = (name: string): string => name.slice(0, name.indexOf('/'));
  const largest = new Map<string, number>();
  for (const [name, values] of Object.entries(expected.gradients))
    largest.set(phaseOf(name), Math.max(largest.get(phaseOf(name)) ?? 0, norm(values)));
  for (const [name, values] of Object.entries(expected.gradients)) {
    const least = leastShare * largest.get(phaseOf(name))!;
    const difference = relativeDifference(values, got.gradients[name]!, least);
    if (difference > gradient) [gradient, worst] = [difference, name];
  }
  let loss = 0;
  expected.metrics.forEach((metrics, step) => {
    for (const [name, value] of Object.entries(metrics))
      if (name.startsWith('loss/'))
        loss = Math.max(loss, Math.abs(got.metrics[step]![name]! - value) / Math.max(Math.abs(value), 1));
  });
  return { gradient, loss, worst };
}
