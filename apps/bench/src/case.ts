/** What a case is: contestants of a race, ours among them, and the quantities that are compared. */
import type { PeerName } from './peers.ts';

export interface Settings {
  /** Threads of every contestant. */
  readonly threads: number;
  /** As few repetitions as show that it runs; the numbers then mean nothing. */
  readonly quick: boolean;
}

/** What one contestant did in one turn: values by unit. */
export interface Turn {
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** Cores that other processes kept busy meanwhile, where the contestant watched. */
  readonly otherCores?: number;
}

export interface Contestant {
  readonly name: string;
  /**
   * Rows compare `ours` with the best of each peer, and with a `baseline` of ours that does the same in another way; what
   * stands `aside`, such as a limit, is only shown.
   */
  readonly side: 'ours' | 'aside' | 'baseline' | PeerName;
  /** One turn. May be called again after it has thrown by nobody: who fails is out of the race. */
  measure(size: string): Promise<Turn>;
  stop?(): void;
}

export interface Case {
  readonly about: string;
  readonly sizes: readonly string[];
  readonly peers: readonly PeerName[];
  /** Each unit that is measured, and which way is better. The chart shows the first. */
  readonly units: Readonly<Record<string, 'less' | 'more'>>;
  /** All who take part, in the order of their turns. `programs`: what runs each wanted peer. */
  enter(programs: ReadonlyMap<PeerName, string>, settings: Settings): Promise<Contestant[]>;
}
