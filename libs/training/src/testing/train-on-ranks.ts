/** Trains a recipe on some workers of this machine, without a coordinator: for tests and proofs of what workers may not change. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { PeerAddress } from '@kiln/collectives';
import type { Precision } from '@kiln/engine';
import type { FirstMoves } from './first-moves.ts';

/** In place of a recipe's name: the game of `growing-game.ts`, which uses all that a game may have. */
export const growing = 'testing: growing game';

export interface RanksOptions {
  readonly recipe: string;
  readonly worldSize: number;
  /** Default: some, and in every stage. */
  readonly steps?: number;
  /** The recipe's own optimisers and stages, without the first moves: for what is to be seen with them. */
  readonly asItIs?: boolean;
  readonly batch: number;
  readonly seed?: number;
  readonly accumulate?: number;
  readonly precision?: Precision;
  readonly dataFolder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Every rank on a host of its own, over ZeroMQ. */
  readonly apart?: boolean;
  /** A mistake for comparisons to find: statistics of each rank's own batch, or shares that differ but count alike. */
  readonly mistake?: 'local-statistics' | 'uneven-shares';
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
  /** Each phase of each stage by itself, before any update. */
  readonly first: FirstMoves;
  /** What all steps have added to the parameters, by network and path. */
  readonly moved: Record<string, Float32Array>;
  /** Declared state, and the loss's scale, after the last step by path. */
  readonly declared: Record<string, number[]>;
}

const timeoutMs = 600_000;

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
        // Keeps typed arrays and numbers that are not finite.
        serialization: 'advanced',
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
